// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.isa.ConcreteMachine;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/** Lifted instructions do on generated states what an emulated processor does. */
class DifferentialTest {
    private static final int ROUNDS = Integer.getInteger("patchoscope.rounds", 12);
    private static final long SEED = Long.getLong("patchoscope.seed", 20260101L);
    private static final long MEMORY = 0x10000000L;
    private static final int MEMORY_SIZE = 256;
    private static final int SLOT = 64;
    private static final int REGISTERS = 29;
    /** {@code x0} to {@code x28}, the flags and the stack pointer. */
    private static final int STATE = 8 * (REGISTERS + 3);

    private static final long[] SPECIAL = {
        0,
        1,
        2,
        -1,
        -2,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        31,
        64,
        0x80,
        0xff
    };

    private record Case(String source, long[] registers, int flags, byte[] memory) {}

    @TempDir
    Path directory;

    @Test
    void liftedInstructionsDoWhatTheProcessorDoes() throws IOException, InterruptedException {
        Path qemu = Path.of("/usr/bin/qemu-aarch64");
        assumeTrue(Files.exists(qemu), "no qemu-aarch64");
        System.out.println("seed " + SEED);
        List<Case> cases = cases(new Random(SEED));
        ByteBuffer real = execute(qemu, cases);
        byte[] code = TestToolchain.assemble(directory, "aarch64-linux-gnu", slots(cases));
        List<String> wrong = new ArrayList<>();
        try (Disassembler disassembler = TestToolchain.arm64()) {
            for (int k = 0; k < cases.size(); k++) {
                compare(new Arm64Lifter(disassembler), cases.get(k), k, code, real, cases.size(), wrong);
            }
        }
        System.out.println(cases.size() + " cases compared with qemu-aarch64");
        assertThat(wrong).isEmpty();
    }

    private static List<Case> cases(Random random) {
        Templates templates = new Templates(random);
        List<Case> cases = new ArrayList<>();
        for (String template : Templates.all()) {
            for (int i = 0; i < ROUNDS; i++) {
                for (String source : templates.fill(template)) {
                    cases.add(state(random, source, cases.size()));
                }
            }
        }
        return cases;
    }

    private static Case state(Random random, String source, int number) {
        long[] r = new long[REGISTERS + 1];
        for (int i = 0; i < 26; i++) {
            r[i] = switch (random.nextInt(4)) {
                case 0 -> random.nextLong();
                case 1 -> i > 0 ? r[random.nextInt(i)] : 0;
                default -> SPECIAL[random.nextInt(SPECIAL.length)];
            };
        }
        r[26] = random.nextInt(9) - 4L;
        r[27] = random.nextInt(8);
        r[28] = MEMORY + (long) MEMORY_SIZE * number + MEMORY_SIZE / 2;
        r[29] = r[28];
        byte[] memory = new byte[MEMORY_SIZE];
        ByteBuffer words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            words.putLong(random.nextBoolean() ? random.nextLong() : SPECIAL[random.nextInt(SPECIAL.length)]);
        }
        return new Case(source, r, random.nextInt(16), memory);
    }

    /** Each case in a slot of its own, so that its place in the section is known. */
    private static String slots(List<Case> cases) {
        StringBuilder s = new StringBuilder(".text\n");
        for (Case c : cases) {
            // The filler is executed to the end of the slot.
            s.append(' ').append(c.source()).append("\n .p2align 6\n");
        }
        return s.toString();
    }

    private static final String PROGRAM = """
            .macro before k
              adrp x30, in+STATE*\\k
              add x30, x30, :lo12:in+STATE*\\k
              ldr x29, [x30, #232]
              msr nzcv, x29
              ldr x29, [x30, #240]
              mov sp, x29
            LOADS
            .endm
            .macro after k
              adrp x30, out+STATE*\\k
              add x30, x30, :lo12:out+STATE*\\k
            STORES
              mrs x29, nzcv
              str x29, [x30, #232]
              mov x29, sp
              str x29, [x30, #240]
            .endm
            .macro put from, size
              adrp x1, \\from
              add x1, x1, :lo12:\\from
              ldr x20, =\\size
            5: mov x0, #1
              mov x2, x20
              mov x8, #64
              svc #0
              add x1, x1, x0
              subs x20, x20, x0
              b.ne 5b
            .endm
            .text
            .globl _start
            _start:
            """;

    private static String program(List<Case> cases) {
        StringBuilder loads = new StringBuilder();
        StringBuilder stores = new StringBuilder();
        for (int i = 0; i < REGISTERS; i++) {
            loads.append("  ldr x" + i + ", [x30, #" + 8 * i + "]\n");
            stores.append("  str x" + i + ", [x30, #" + 8 * i + "]\n");
        }
        StringBuilder s = new StringBuilder(PROGRAM.replace("LOADS\n", loads).replace("STORES\n", stores));
        for (int k = 0; k < cases.size(); k++) {
            s.append("  before ").append(k).append("\n ").append(cases.get(k).source());
            s.append("\n  after ").append(k).append('\n');
        }
        s.append("  put out, " + STATE * cases.size() + "\n  put mem, " + MEMORY_SIZE * cases.size());
        s.append("\n  mov x0, #0\n  mov x8, #93\n  svc #0\n  .ltorg\n .data\n .balign 16\nin:\n");
        for (Case c : cases) {
            long[] r = c.registers();
            for (int i = 0; i < REGISTERS; i++) {
                s.append(" .quad ").append(r[i]).append('\n');
            }
            s.append(" .quad " + ((long) c.flags() << 28) + ", " + r[REGISTERS] + ", 0\n");
        }
        s.append(" .section .mem, \"aw\"\nmem:\n");
        for (Case c : cases) {
            ByteBuffer words = ByteBuffer.wrap(c.memory()).order(ByteOrder.LITTLE_ENDIAN);
            while (words.hasRemaining()) {
                s.append(" .quad ").append(words.getLong()).append('\n');
            }
        }
        s.append(" .bss\n .balign 16\nout: .skip ").append(STATE * cases.size()).append('\n');
        return s.toString().replace("STATE", Integer.toString(STATE));
    }

    private ByteBuffer execute(Path qemu, List<Case> cases) throws IOException, InterruptedException {
        Path tools = TestToolchain.directory().resolve("bin");
        Path s = Files.writeString(directory.resolve("program.s"), program(cases));
        Path o = directory.resolve("program.o");
        Path exe = directory.resolve("program");
        Path log = directory.resolve("log");
        String clang = tools.resolve("clang").toString();
        TestToolchain.run(
                log,
                List.of(
                        clang,
                        "--target=aarch64-linux-gnu",
                        "-march=armv8.9-a+rcpc3",
                        "-c",
                        s.toString(),
                        "-o",
                        o.toString()));
        String start = "--section-start=.mem=0x" + Long.toHexString(MEMORY);
        TestToolchain.run(
                log, List.of(tools.resolve("ld.lld").toString(), "-static", start, o.toString(), "-o", exe.toString()));
        Path output = directory.resolve("output");
        TestToolchain.run(output, List.of(qemu.toString(), "-cpu", "max", exe.toString()));
        byte[] bytes = Files.readAllBytes(output);
        assertThat(bytes).hasSize((STATE + MEMORY_SIZE) * cases.size());
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void compare(
            Arm64Lifter lifter, Case c, int k, byte[] code, ByteBuffer real, int count, List<String> wrong) {
        byte[] memory = c.memory().clone();
        ConcreteMachine machine = new ConcreteMachine(lifter, code, memory, MEMORY + (long) MEMORY_SIZE * k);
        for (int i = 0; i < REGISTERS; i++) {
            machine.set("x" + i, c.registers()[i]);
        }
        machine.set("sp", c.registers()[REGISTERS]);
        for (int f = 0; f < 4; f++) {
            machine.set("nzcv".substring(f, f + 1), c.flags() >> (3 - f) & 1);
        }
        try {
            machine.run((long) SLOT * k, (long) SLOT * k + SLOT);
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            wrong.add(c.source() + ": " + e.getMessage());
            return;
        }
        for (int i = 0; i < REGISTERS; i++) {
            check(c, "x" + i, machine.get("x" + i), real.getLong(STATE * k + 8 * i), wrong);
        }
        long flags = machine.get("n") << 3 | machine.get("z") << 2 | machine.get("c") << 1 | machine.get("v");
        check(c, "nzcv", flags, real.getLong(STATE * k + 232) >>> 28, wrong);
        check(c, "sp", machine.get("sp"), real.getLong(STATE * k + 240), wrong);
        byte[] after = new byte[MEMORY_SIZE];
        real.get(STATE * count + MEMORY_SIZE * k, after);
        if (!Arrays.equals(after, memory)) {
            wrong.add(c.source() + ": memory differs");
        }
    }

    private static void check(Case c, String what, long lifted, long real, List<String> wrong) {
        if (lifted != real) {
            wrong.add(c.source() + ": " + what + " is " + Long.toHexString(lifted) + ", should be "
                    + Long.toHexString(real));
        }
    }
}
