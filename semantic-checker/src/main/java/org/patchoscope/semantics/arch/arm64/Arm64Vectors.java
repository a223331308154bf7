// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.arm64;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.arch.Abi.Initial;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.arch.Vector.Origin;
import org.patchoscope.semantics.arch.Vector.Pushed;
import org.patchoscope.semantics.arch.Vector.Saved;
import org.patchoscope.semantics.arch.VectorSlots;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Where {@code vectors} of arch/arm64/kernel/entry.S jump to, with room for the interrupted registers made on the stack
 * ({@code kernel_ventry}). Exceptions mask D, A, I and F (Arm ARM, D1.3.4); from EL0 SP_EL0 is the user's stack pointer, in the kernel
 * it is the current task.
 */
final class Arm64Vectors {
    private static final Pattern NAMES = Pattern.compile("el([01])[th]_(64|32)_(sync|irq|fiq|error)");

    private static final long TABLE = 0x800;
    private static final long VECTOR = 0x80;

    /** D, A, I and F, bits 9 to 6. */
    private static final long MASKED = 0x3c0;

    private static final Origin USER = new Origin(
            "", "", true, Map.of("DAIF", Initial.number(64, MASKED), "sys:SP_EL0", new Initial(64, "user SP_EL0")));

    private static final Origin KERNEL = new Origin("", "", false, Map.of("DAIF", Initial.number(64, MASKED)));

    private Arm64Vectors() {}

    /** Tables as VBAR_EL1 points to: sixteen vectors of 128 bytes (Arm ARM, D1.3.1); the trampolines have those from EL0 alone. */
    static VectorSlots slots(String function) {
        return switch (function) {
            case "vectors", "__bp_harden_el1_vectors" -> new VectorSlots(TABLE, 0, VECTOR);
            case "tramp_vectors" -> new VectorSlots(TABLE, TABLE / 2, VECTOR);
            default -> VectorSlots.NONE;
        };
    }

    /** Of C functions that entry.S alone calls, which objects of the world do not declare: kernel/sched/core.c. */
    static Optional<Prototype> called(String function) {
        return function.equals("schedule_tail")
                ? Optional.of(new Prototype(
                        function,
                        new DebugInfo.Type("void", 0),
                        List.of(new DebugInfo.Type("task_struct *", 8)),
                        List.of(),
                        List.of(),
                        false,
                        false,
                        false))
                : Optional.empty();
    }

    static Optional<Vector> of(String function) {
        Matcher m = NAMES.matcher(function);
        return m.matches()
                ? Optional.of(new Vector(
                        Pushed.NOTHING, List.of(m.group(1).equals("0") ? USER : KERNEL), Saved.AT_THE_STACK_POINTER))
                : Optional.empty();
    }
}
