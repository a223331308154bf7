// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.isa.ConcreteMachine;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/**
 * Lifted instructions do on generated states what this machine's processor does. A flag that the lifter
 * leaves without a value is not compared: those are the ones that the manual leaves undefined.
 */
class DifferentialTest {
    private static final int ROUNDS = Integer.getInteger("patchoscope.rounds", 6);
    private static final long SEED = Long.getLong("patchoscope.seed", 20260101L);
    private static final long MEMORY = 0x10000000L;
    private static final int MEMORY_SIZE = 256;
    private static final int SLOT = 64;
    /** In the order in which they lie in a state, behind the flags. */
    private static final List<String> REGISTERS = List.of(
            "rax", "rcx", "rdx", "rbx", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
            "rsp");

    private static final int STATE = 8 * (1 + 16);
    private static final String FLAGS_LEFT = "df";
    private static final int FLAG_BITS = 0xcd5;

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
        0xff,
        0x7fff,
        0x8000
    };

    private record Case(String source, long[] registers, int flags, byte[] memory) {}

    /** A machine that pushes return addresses. */
    private static final class Machine extends ConcreteMachine {
        Machine(X86Lifter lifter, byte[] code, byte[] memory, long at) {
            super(lifter, code, memory, at);
        }

        @Override
        protected void called(long address) {
            set("rsp", get("rsp") - 8);
            store(get("rsp"), address, 64);
        }
    }

    @TempDir
    Path directory;

    @Test
    void liftedInstructionsDoWhatTheProcessorDoes() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "not an x86-64 machine");
        assumeTrue(Files.readString(Path.of("/proc/cpuinfo")).contains(" bmi2 "), "a processor without BMI2");
        System.out.println("seed " + SEED);
        List<Case> cases = cases(new Random(SEED));
        ByteBuffer real = execute(cases);
        byte[] code = TestToolchain.assemble(directory, "x86_64-linux-gnu", slots(cases));
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> notCompared = new TreeMap<>();
        try (Disassembler disassembler = TestToolchain.x86()) {
            X86Lifter lifter = new X86Lifter(disassembler);
            for (int k = 0; k < cases.size(); k++) {
                compare(lifter, cases.get(k), k, code, real, cases.size(), wrong, notCompared);
            }
        }
        System.out.println(cases.size() + " cases compared with the processor; flags without a value: " + notCompared);
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
        long[] r = new long[REGISTERS.size()];
        for (int i = 0; i < r.length; i++) {
            r[i] = switch (random.nextInt(4)) {
                case 0 -> random.nextLong();
                case 1 -> i > 0 ? r[random.nextInt(i)] : 0;
                default -> SPECIAL[random.nextInt(SPECIAL.length)];
            };
        }
        long middle = MEMORY + (long) MEMORY_SIZE * number + MEMORY_SIZE / 2;
        r[REGISTERS.indexOf("r14")] = random.nextInt(8);
        for (String base : List.of("rdi", "r15", "rsp")) {
            r[REGISTERS.indexOf(base)] = middle;
        }
        byte[] memory = new byte[MEMORY_SIZE];
        ByteBuffer words = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            words.putLong(random.nextBoolean() ? random.nextLong() : SPECIAL[random.nextInt(SPECIAL.length)]);
        }
        // The direction flag is clear, as the convention has it.
        return new Case(source, r, random.nextInt() & FLAG_BITS & ~0x400, memory);
    }

    /** Each case in a slot of its own, so that its place in the section is known. */
    private static String slots(List<Case> cases) {
        StringBuilder s = new StringBuilder(".intel_syntax noprefix\n.text\n");
        for (Case c : cases) {
            s.append(' ').append(c.source()).append("\n .p2align 6\n");
        }
        return s.toString();
    }

    private static String program(List<Case> cases) {
        StringBuilder s = new StringBuilder(".intel_syntax noprefix\n.text\n.globl _start\n_start:\n");
        for (int k = 0; k < cases.size(); k++) {
            s.append(" mov rsp, offset in + " + STATE * k + "\n popfq\n");
            REGISTERS.forEach(r -> s.append(" pop ").append(r).append('\n'));
            s.append(' ').append(cases.get(k).source()).append('\n');
            int end = STATE * (k + 1) - 8;
            s.append(" mov qword ptr [out + " + end + "], rsp\n mov rsp, offset out + " + end + "\n");
            REGISTERS.reversed().stream()
                    .skip(1)
                    .forEach(r -> s.append(" push ").append(r).append('\n'));
            s.append(" pushfq\n");
        }
        s.append(" mov rsp, offset stack + 4096\n cld\n");
        put(s, "out", STATE * cases.size());
        put(s, "mem", MEMORY_SIZE * cases.size());
        s.append(" xor edi, edi\n mov eax, 60\n syscall\n .data\n .balign 16\nin:\n");
        for (Case c : cases) {
            s.append(" .quad ").append(c.flags() | 0x202).append('\n');
            for (long r : c.registers()) {
                s.append(" .quad ").append(r).append('\n');
            }
        }
        s.append(" .section .mem, \"aw\"\nmem:\n");
        for (Case c : cases) {
            ByteBuffer words = ByteBuffer.wrap(c.memory()).order(ByteOrder.LITTLE_ENDIAN);
            while (words.hasRemaining()) {
                s.append(" .quad ").append(words.getLong()).append('\n');
            }
        }
        s.append(" .bss\n .balign 16\nout: .skip " + STATE * cases.size() + "\nstack: .skip 4096\n");
        return s.toString();
    }

    /** Writes memory to standard output. */
    private static void put(StringBuilder s, String from, int size) {
        s.append(" mov rsi, offset " + from + "\n mov rbx, " + size + "\n");
        s.append("5: mov edi, 1\n mov rdx, rbx\n mov eax, 1\n syscall\n add rsi, rax\n sub rbx, rax\n jne 5b\n");
    }

    private ByteBuffer execute(List<Case> cases) throws IOException, InterruptedException {
        Path tools = TestToolchain.directory().resolve("bin");
        Path s = Files.writeString(directory.resolve("program.s"), program(cases));
        Path o = directory.resolve("program.o");
        Path exe = directory.resolve("program");
        Path log = directory.resolve("log");
        String clang = tools.resolve("clang").toString();
        TestToolchain.run(log, List.of(clang, "--target=x86_64-linux-gnu", "-c", s.toString(), "-o", o.toString()));
        String start = "--section-start=.mem=0x" + Long.toHexString(MEMORY);
        TestToolchain.run(
                log, List.of(tools.resolve("ld.lld").toString(), "-static", start, o.toString(), "-o", exe.toString()));
        Path output = directory.resolve("output");
        TestToolchain.run(output, List.of(exe.toString()));
        byte[] bytes = Files.readAllBytes(output);
        assertThat(bytes).hasSize((STATE + MEMORY_SIZE) * cases.size());
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void compare(
            X86Lifter lifter,
            Case c,
            int k,
            byte[] code,
            ByteBuffer real,
            int count,
            List<String> wrong,
            Map<String, Integer> notCompared) {
        byte[] memory = c.memory().clone();
        Machine machine = new Machine(lifter, code, memory, MEMORY + (long) MEMORY_SIZE * k);
        for (int i = 0; i < REGISTERS.size(); i++) {
            machine.set(REGISTERS.get(i), c.registers()[i]);
        }
        Flags.BITS.forEach((f, bit) -> machine.set(f, c.flags() >> bit & 1));
        for (String f : List.of(FLAGS_LEFT, "ac", "rflags")) {
            machine.set(f, 0);
        }
        machine.set("if", 1);
        try {
            machine.run((long) SLOT * k, (long) SLOT * k + SLOT);
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            wrong.add(c.source() + ": " + e.getMessage());
            return;
        }
        for (int i = 0; i < REGISTERS.size(); i++) {
            String r = REGISTERS.get(i);
            check(c, r, machine.get(r), real.getLong(STATE * k + 8 * (i + 1)), wrong);
        }
        long flags = real.getLong(STATE * k);
        check(c, FLAGS_LEFT, machine.get(FLAGS_LEFT), flags >> 10 & 1, wrong);
        Flags.BITS.forEach((f, bit) -> {
            if (machine.has(f)) {
                check(c, f, machine.get(f), flags >> bit & 1, wrong);
            } else {
                notCompared.merge(f, 1, Integer::sum);
            }
        });
        byte[] after = new byte[MEMORY_SIZE];
        real.get(STATE * count + MEMORY_SIZE * k, after);
        if (!Arrays.equals(after, memory)) {
            wrong.add(c.source() + ": memory differs");
        }
    }

    private static void check(Case c, String what, long lifted, long real, List<String> wrong) {
        if (lifted != real) {
            wrong.add(c.source() + ": " + what + " is " + Long.toHexString(lifted) + ", should be "
                    + Long.toHexString(real) + " " + state(c));
        }
    }

    private static String state(Case c) {
        StringBuilder s = new StringBuilder("flags " + Integer.toHexString(c.flags()));
        for (int i = 0; i < REGISTERS.size(); i++) {
            s.append(' ').append(REGISTERS.get(i)).append('=').append(Long.toHexString(c.registers()[i]));
        }
        return s.toString();
    }
}
