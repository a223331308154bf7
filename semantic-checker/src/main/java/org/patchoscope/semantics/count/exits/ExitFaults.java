// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.x86.X86Vectors;
import org.patchoscope.semantics.count.concrete.Entered;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.expr.Expr;

/**
 * What is wrong with the machine when a way gets to its exit instruction. Only what is certain is told:
 * a base of {@code gs} or a stack pointer that is not known on the way is not looked at.
 */
final class ExitFaults {
    /** These leave the stack pointer to the code before them (SDM vol. 2, SYSRET). */
    private static final Set<String> WITHOUT_FRAME = Set.of("sysretq", "sysretl");

    private static final String WITH_FRAME = "iretq";

    /** It leaves room for a call that a breakpoint stands for, and the NMI's frames are copies (arch/x86/entry/entry_64.S). */
    private static final Set<String> MOVES_ITS_FRAME = Set.of("asm_exc_int3", "asm_exc_nmi");

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

    /**
     * The machine at an exit.
     *
     * @param exit the instruction
     * @param registers what they hold
     * @param level the privilege level that it goes to
     * @param repaired whether the kernel was found to have faulted with the user's GS, which its fixup does not go back to
     */
    record End(String exit, Map<String, Expr> registers, Expr level, boolean repaired) {}

    /** The faults there, in words that end a sentence about the way. */
    List<String> at(End end, Entered from) {
        List<String> faults = new ArrayList<>();
        boolean leaves = WITHOUT_FRAME.contains(end.exit()) || end.exit().equals(WITH_FRAME);
        if (leaves && end.level() instanceof Expr.Const level && !end.repaired()) {
            base(end, level.value() != 0, from, faults);
        }
        Abi.InterruptMask mask = abi.interrupts();
        if (interruptsOff.contains(end.exit())
                && end.registers().get(mask.register()) instanceof Expr.Const c
                && (c.value() >> mask.bit() & 1) == (mask.offWhenSet() ? 0 : 1)) {
            faults.add("with interrupts on");
        }
        if (leaves && end.registers().get(abi.stackPointer()) instanceof Expr.Const c) {
            stack(end, c.value(), from, faults);
        }
        String origin = from.words();
        return faults.stream()
                .map(f -> origin.isEmpty() ? f : f + " when " + origin)
                .toList();
    }

    /** To the user with the user's base of {@code gs}; to the kernel with the one it had. */
    private static void base(End end, boolean toUser, Entered from, List<String> faults) {
        Expr base = end.registers().get("gsbase");
        boolean kernels = base instanceof Expr.Const;
        boolean users = base instanceof Expr.Sym s && s.name().equals("user gsbase");
        boolean expectsUsers =
                toUser || from.origin().registers().entrySet().containsAll(X86Vectors.WITH_USER_GS.entrySet());
        if (expectsUsers && kernels) {
            faults.add("with the kernel's GS");
        } else if (!expectsUsers && users) {
            faults.add("with the user's GS");
        }
    }

    private void stack(End end, long pointer, Entered from, List<String> faults) {
        if (!task.onStack(pointer) || MOVES_ITS_FRAME.contains(from.entry()) || end.repaired()) {
            return;
        }
        boolean frame = end.exit().equals(WITH_FRAME);
        long left = task.stackTop() - from.below() - pointer - (frame ? FRAME_BYTES : 0);
        if (!frame) {
            faults.add("with the kernel's stack pointer");
        } else if (left != 0) {
            faults.add("with its frame " + Math.abs(left) + " bytes " + (left > 0 ? "below" : "above")
                    + " its place on the stack");
        }
    }
}
