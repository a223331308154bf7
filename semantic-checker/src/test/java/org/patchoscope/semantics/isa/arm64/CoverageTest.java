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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfRelocationAddend;
import net.fornwall.jelf.ElfRelocationAddendSection;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSectionHeader;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.TestToolchain;

/** Every instruction of the real entry objects is lifted, or is one of those known not to be. */
class CoverageTest {
    private static final List<String> OBJECTS = List.of(
            "arch/arm64/kernel/syscall.o",
            "arch/arm64/kernel/ptrace.o",
            "arch/arm64/kernel/entry-common.o",
            "arch/arm64/kernel/entry.o",
            "arch/arm64/kernel/signal.o",
            "arch/arm64/kernel/debug-monitors.o",
            "kernel/seccomp.o",
            "kernel/entry/common.o",
            "kernel/entry/virt.o");
    private static final Map<Long, String> RELOCATIONS = Map.of(
            274L, "ADR_PREL_LO21",
            275L, "ADR_PREL_PG_HI21",
            277L, "ADD_ABS_LO12_NC",
            278L, "LDST8_ABS_LO12_NC",
            282L, "JUMP26",
            283L, "CALL26",
            285L, "LDST32_ABS_LO12_NC",
            286L, "LDST64_ABS_LO12_NC",
            273L, "LD_PREL_LO19");

    private final Map<String, Integer> unsupported = new TreeMap<>();
    private final TreeSet<String> mnemonics = new TreeSet<>();
    private int instructions;

    @Test
    void everyInstructionOfTheEntryObjectsIsLifted() throws IOException {
        Path out = Path.of(System.getProperty("patchoscope.kernel.out", "kernel-objects"));
        assumeTrue(Files.exists(out.resolve(OBJECTS.get(0))), "no kernel objects in " + out);
        try (Disassembler disassembler = TestToolchain.arm64()) {
            objects(out, new Arm64Lifter(disassembler));
            unsupported.clear();
            instructions = 0;
            long start = System.nanoTime();
            objects(out, new Arm64Lifter(disassembler));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d instructions, %d mnemonics, %.0f lifts/s; not lifted: %s%n",
                    instructions, mnemonics.size(), instructions / seconds, unsupported);
        }
        assertThat(instructions).isGreaterThan(5000);
        assertThat(unsupported).isEmpty();
    }

    private void objects(Path out, Arm64Lifter lifter) throws IOException {
        for (String object : OBJECTS) {
            if (Files.exists(out.resolve(object))) {
                object(lifter, Files.readAllBytes(out.resolve(object)));
            }
        }
    }

    private void object(Arm64Lifter lifter, byte[] bytes) {
        ElfFile elf = ElfFile.from(bytes);
        Exprs x = new Exprs();
        for (int s = 0; s < elf.e_shnum; s++) {
            ElfSection section = elf.getSection(s);
            if ((section.header.sh_flags & ElfSectionHeader.FLAG_EXEC_INSTR) != 0) {
                section(x, lifter, section.getData(), relocations(elf, bytes, s), data(elf, s));
            }
        }
    }

    private void section(
            Exprs x,
            Arm64Lifter lifter,
            byte[] code,
            Map<Long, List<InstructionReloc>> relocs,
            NavigableMap<Long, Boolean> data) {
        for (long at = 0; at + 4 <= code.length; at += 4) {
            var mapping = data.floorEntry(at);
            if (mapping != null && mapping.getValue()) {
                continue;
            }
            Lifted lifted = lifter.lift(x, code, at, relocs.getOrDefault(at, List.of()));
            instructions++;
            mnemonics.add(lifted.text().split(" ", -1)[0]);
            for (Op op : lifted.ops()) {
                if (op instanceof Op.Unsupported u) {
                    unsupported.merge(u.reason(), 1, Integer::sum);
                }
            }
        }
    }

    /** Where data ({@code $d}) and where code ({@code $x}) begins. */
    private static NavigableMap<Long, Boolean> data(ElfFile elf, int section) {
        TreeMap<Long, Boolean> marks = new TreeMap<>();
        for (var symbol : elf.getSymbolTableSection().symbols) {
            String name = symbol.getName();
            if (symbol.st_shndx == section && name != null && name.startsWith("$")) {
                marks.put(symbol.st_value, name.startsWith("$d"));
            }
        }
        return marks;
    }

    private static Map<Long, List<InstructionReloc>> relocations(ElfFile elf, byte[] bytes, int section) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<Long, List<InstructionReloc>> all = new TreeMap<>();
        for (int s = 0; s < elf.e_shnum; s++) {
            if (elf.getSection(s) instanceof ElfRelocationAddendSection table
                    && raw.getInt((int) elf.e_shoff + 64 * s + 44) == section) {
                for (ElfRelocationAddend r : table.relocations) {
                    String type = "R_AARCH64_" + RELOCATIONS.getOrDefault(r.getType(), "type " + r.getType());
                    all.computeIfAbsent(r.r_offset, k -> new ArrayList<>())
                            .add(new InstructionReloc(type, "s" + r.getSymbolIndex(), r.r_addend));
                }
            }
        }
        return all;
    }
}
