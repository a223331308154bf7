// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.arm64;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;

/** The calling convention of arm64 and its registers with a fixed meaning. */
public final class Arm64Abi {
    /** Of arch/arm64/tools/cpucaps: what alternatives ask for that are patched on every processor. */
    private static final Set<String> ALWAYS = Set.of("ARM64_ALWAYS_BOOT", "ARM64_ALWAYS_SYSTEM");

    private Arm64Abi() {}

    /** AAPCS64 as the kernel uses it; DAIF: Arm ARM, D1.9 (bits 9:6, I is bit 7). */
    public static Abi abi() {
        List<String> clobbered = new ArrayList<>(numbered(0, 18));
        clobbered.add("x30");
        List<String> dwarf = new ArrayList<>(numbered(0, 30));
        dwarf.add("sp");
        return new Abi(
                numbered(0, 7),
                "x0",
                "x1",
                clobbered,
                numbered(19, 28),
                List.of("n", "z", "c", "v"),
                "sp",
                "x29",
                "x30",
                "SP_EL0",
                "TPIDR_EL1",
                // The task that runs, in entry code that has not loaded it yet (entry_task_switch(),
                // arch/arm64/kernel/process.c)
                Map.of("__entry_task", "current"),
                new Abi.InterruptMask("DAIF", 64, 7, true, 6),
                Map.of(),
                "msr",
                dwarf,
                (number, name) -> ALWAYS.contains(name),
                Arm64ExceptionTable::new,
                Map.of(),
                Arm64Vectors::called,
                "",
                Arm64Vectors::of,
                context(),
                // arch/arm64/kernel/entry.S: func(regs), and a kernel thread's function with its one argument
                Map.of("call_on_irq_stack", 1, "ret_from_fork", 1),
                Arm64Vectors::slots);
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "x" + i).toList();
    }

    private static Context context() {
        return new Context(
                List.of(
                        new Context.Part("DAIF", "DAIF", 6, 4),
                        new Context.Part("PMR", "sys:ICC_PMR_EL1", 0, 8),
                        new Context.Part("PAN", "pstate:PAN", 0, 1),
                        new Context.Part("UAO", "pstate:UAO", 0, 1),
                        new Context.Part("DIT", "pstate:DIT", 0, 1),
                        new Context.Part("TCO", "pstate:TCO", 0, 1),
                        new Context.Part("SSBS", "pstate:SSBS", 0, 1),
                        new Context.Part("ALLINT", "pstate:ALLINT", 0, 1),
                        new Context.Part("SP_EL0", "sys:SP_EL0", 0, 64),
                        new Context.Part("TPIDR_EL0", "sys:TPIDR_EL0", 0, 64),
                        new Context.Part("TTBR0_EL1", "sys:TTBR0_EL1", 0, 64),
                        new Context.Part("TTBR1_EL1", "sys:TTBR1_EL1", 0, 64),
                        new Context.Part(Context.ORDER, Context.ORDER_REGISTER, 0, 64)),
                List.of("ESR_EL1", "FAR_EL1", "ELR_EL1", "SPSR_EL1"));
    }
}
