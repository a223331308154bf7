// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Sum;

/**
 * Keeps the stack pointer at a known distance from where it was at the start. The stack is private to the
 * code, so nobody can see how it is aligned or how much of it is skipped: what functions do that round
 * the pointer down or, as stack randomisation does, lower it by an unknown amount.
 */
final class StackPointer {
    /** More than any function skips. */
    private static final long SKIPPED = 1 << 16;
    /** From the pointer at the start to the end of the task's stack: less than the size of the stack. */
    private static final long TO_THE_TOP = 512;
    /** The pointer at the start modulo 16, with a return address just pushed on it. */
    private static final long MISALIGNMENT = 8;

    private final Exprs x;

    StackPointer(Exprs x) {
        this.x = x;
    }

    /** The end of the running task's stack, which the code is taken to run on. */
    Expr top() {
        return x.add(x.sym(MemoryModel.STACK, 64), TO_THE_TOP);
    }

    /** A value for the stack pointer, simplified as far as nobody can tell. */
    Expr pointer(Expr value) {
        if (value instanceof Expr.Binary b
                && b.op() == BinaryOp.AND
                && b.right() instanceof Expr.Const mask
                && Address.of(x, pointer(b.left())) instanceof Address.Fixed f
                && MemoryModel.isStack(f.base())
                && isAlignment(mask.value())) {
            return x.add(f.base(), (f.offset() - MISALIGNMENT & mask.value()) + MISALIGNMENT);
        }
        Expr start = x.sym(MemoryModel.STACK, 64);
        Sum whole = Sum.of(value);
        List<Expr> terms = whole.terms();
        long offset = whole.offset();
        if (terms.size() > 1 && terms.contains(start)) {
            return x.add(start, offset - SKIPPED);
        }
        return value;
    }

    private static boolean isAlignment(long mask) {
        long low = ~mask;
        return low >= 0 && low <= 63 && (low & low + 1) == 0;
    }
}
