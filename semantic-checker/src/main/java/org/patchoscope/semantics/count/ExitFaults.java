// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Abi;

/**
 * What is wrong with the machine when a way from user mode gets to its exit instruction. Only what is certain is told:
 * a base of {@code gs} or a stack pointer that is not known on the way is not looked at.
 */
final class ExitFaults {
    /** These leave the stack pointer to the code before them (SDM vol. 2, SYSRET). */
    private static final Set<String> WITHOUT_FRAME = Set.of("sysretq", "sysretl");

    private static final String WITH_FRAME = "iretq";

    /** {@code rip}, {@code cs}, {@code rflags}, {@code rsp}, {@code ss}: SDM vol. 3A, section 6.14.3. */
    private static final int FRAME_BYTES = 40;

    private final Abi abi;
    private final TaskMemory task;
    private final Set<String> interruptsOff;

    /** {@code interruptsOff} are the exit instructions before which interrupts must be off. */
    ExitFaults(Abi abi, TaskMemory task, Set<String> interruptsOff) {
        this.abi = abi;
        this.task = task;
        this.interruptsOff = Set.copyOf(interruptsOff);
    }

    /** The faults at {@code exit}, in words that end a sentence about the way. */
    List<String> at(String exit, Map<String, Expr> registers) {
        List<String> faults = new ArrayList<>();
        boolean toUser = WITHOUT_FRAME.contains(exit) || exit.equals(WITH_FRAME);
        if (toUser && registers.get("gsbase") instanceof Expr.Const) {
            faults.add("with the kernel's GS");
        }
        Abi.InterruptMask mask = abi.interrupts();
        if (interruptsOff.contains(exit)
                && registers.get(mask.register()) instanceof Expr.Const c
                && (c.value() >> mask.bit() & 1) == (mask.offWhenSet() ? 0 : 1)) {
            faults.add("with interrupts on");
        }
        if (toUser && registers.get(abi.stackPointer()) instanceof Expr.Const c) {
            stack(exit, c.value(), faults);
        }
        return List.copyOf(faults);
    }

    private void stack(String exit, long pointer, List<String> faults) {
        if (!task.onStack(pointer)) {
            return;
        }
        long left = task.stackTop() - pointer - (exit.equals(WITH_FRAME) ? FRAME_BYTES : 0);
        if (WITHOUT_FRAME.contains(exit)) {
            faults.add("with the kernel's stack pointer");
        } else if (left != 0) {
            faults.add("with its frame " + Math.abs(left) + " bytes " + (left > 0 ? "below" : "above")
                    + " its place on the stack");
        }
    }
}
