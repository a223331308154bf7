// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;

/** Every instruction of the real entry objects is lifted, or is one of those known not to be. */
class CoverageTest {
    private static final List<String> OBJECTS = List.of(
            "arch/x86/entry/entry.o",
            "arch/x86/entry/entry_64.o",
            "arch/x86/entry/entry_64_compat.o",
            "arch/x86/entry/entry_64_fred.o",
            "arch/x86/entry/entry_fred.o",
            "arch/x86/entry/syscall_32.o",
            "arch/x86/entry/syscall_64.o",
            "arch/x86/entry/thunk.o",
            "arch/x86/entry/vsyscall/vsyscall_64.o",
            "arch/x86/kernel/irq.o",
            "arch/x86/kernel/nmi.o",
            "arch/x86/kernel/ptrace.o",
            "arch/x86/kernel/signal.o",
            "arch/x86/kernel/signal_64.o",
            "arch/x86/kernel/step.o",
            "arch/x86/kernel/traps.o",
            "arch/x86/mm/fault.o",
            "kernel/entry/common.o",
            "kernel/entry/syscall-common.o",
            "kernel/entry/syscall_user_dispatch.o",
            "kernel/seccomp.o");

    private final Map<String, Integer> unsupported = new TreeMap<>();
    private final TreeSet<String> mnemonics = new TreeSet<>();
    private int instructions;

    @Test
    void everyInstructionOfTheEntryObjectsIsLifted() throws Exception {
        Path out = Path.of(System.getProperty("patchoscope.kernel.x86.out", "kernel-objects-x86"));
        assumeTrue(Files.exists(out.resolve(OBJECTS.get(0))), "no kernel objects in " + out);
        try (Disassembler disassembler = TestToolchain.x86()) {
            long start = System.nanoTime();
            for (String object : OBJECTS) {
                if (Files.exists(out.resolve(object))) {
                    object(new X86Lifter(disassembler), new ObjectReader().read(object, out.resolve(object)));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d instructions, %d mnemonics, %.0f lifts/s; not lifted: %s%n",
                    instructions, mnemonics.size(), instructions / seconds, unsupported);
        }
        assertThat(instructions).isGreaterThan(5000);
        assertThat(unsupported).isEmpty();
    }

    private void object(X86Lifter lifter, ObjectFile object) {
        Exprs x = new Exprs();
        for (ObjectFile.Section section : object.sections()) {
            if (section.executable()) {
                for (long at = 0; at < section.data().length; ) {
                    at += instruction(lifter, x, object, section, at);
                }
            }
        }
    }

    private int instruction(X86Lifter lifter, Exprs x, ObjectFile object, ObjectFile.Section section, long at) {
        List<InstructionReloc> relocations = object.relocationsIn(section.index(), at, 15).stream()
                .map(r -> new InstructionReloc(r.type(), r.symbol(), r.addend(), (int) (r.offset() - at)))
                .toList();
        Lifted lifted = lifter.lift(x, section.data(), at, relocations);
        instructions++;
        mnemonics.add(lifted.text().split(" ", -1)[0]);
        for (Op op : lifted.ops()) {
            if (op instanceof Op.Unsupported u) {
                unsupported.merge(u.reason(), 1, Integer::sum);
            }
        }
        return lifted.length();
    }
}
