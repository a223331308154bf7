// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.Arrays;
import java.util.List;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * An instruction that a fault may be made at.
 *
 * @param text as the kernel's sources spell it
 * @param lifted what it does
 * @param marked whether a table of the kernel names the place, so that it must stay
 * @param entered whether control may come there from elsewhere than the instruction before
 */
record Site(
        ObjectFile object,
        String function,
        int section,
        long offset,
        byte[] code,
        List<ObjectFile.Relocation> relocations,
        String text,
        Lifted lifted,
        boolean marked,
        boolean entered) {

    boolean has(Class<? extends Op> op) {
        return lifted.ops().stream().anyMatch(op::isInstance);
    }

    /** Whether it goes anywhere but to the next instruction. */
    boolean leaves() {
        return has(Op.Branch.class)
                || has(Op.Jump.class)
                || has(Op.Call.class)
                || has(Op.Return.class)
                || has(Op.Exit.class)
                || has(Op.Trap.class)
                || has(Op.Repeat.class)
                || has(Op.Check.class)
                || has(Op.Unsupported.class);
    }

    /** Whether it does nothing, so that nothing can be left out; signing a return address is something. */
    boolean isNop() {
        return lifted.ops().stream()
                .allMatch(o -> o instanceof Op.Effect e
                        && e.effect() instanceof SystemEffect.Hint h
                        && !h.text().matches("(pac|aut)\\w+"));
    }

    boolean isBarrier() {
        return lifted.ops().stream()
                .anyMatch(o -> o instanceof Op.Effect e && e.effect() instanceof SystemEffect.Barrier);
    }

    /** The fault that makes this {@code other}, with the relocations as they are. */
    Fault fault(FaultKind kind, byte[] other, String after) {
        return new Fault(kind, object, function, section, offset, other, relocations, text, after);
    }

    /** The fault that leaves it out. */
    Fault dropped(byte[] nop) {
        return new Fault(dropKind(), object, function, section, offset, nop, List.of(), text, "nop");
    }

    private FaultKind dropKind() {
        if (has(Op.Call.class)) {
            return FaultKind.DROP_CALL;
        }
        if (has(Op.Branch.class) || has(Op.Jump.class)) {
            return FaultKind.DROP_BRANCH;
        }
        if (isBarrier()) {
            return FaultKind.DROP_BARRIER;
        }
        if (has(Op.Effect.class)) {
            return FaultKind.DROP_SYSTEM;
        }
        return has(Op.Store.class)
                ? FaultKind.DROP_STORE
                : has(Op.Load.class) ? FaultKind.DROP_LOAD : FaultKind.DROP_OTHER;
    }

    /** Little-endian, of the four bytes of an instruction of arm64. */
    int word() {
        return (code[0] & 255) | (code[1] & 255) << 8 | (code[2] & 255) << 16 | (code[3] & 255) << 24;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Site s
                && s.object == object
                && s.section == section
                && s.offset == offset
                && Arrays.equals(s.code, code);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + section;
    }
}
