// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Sum;
import org.patchoscope.semantics.expr.UnaryOp;

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

    /** A value for the stack pointer in code that a compiler made, simplified as far as nobody can tell. */
    Expr compiled(Expr value) {
        Expr aligned = pointer(value);
        Expr start = x.sym(MemoryModel.STACK, 64);
        Sum whole = Sum.of(aligned);
        return whole.terms().size() > 1 && whole.terms().contains(start)
                ? x.add(start, whole.offset() - SKIPPED)
                : aligned;
    }

    /** A value for the stack pointer, at a distance from the start where all else that is in it cancels out. */
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
        Map<Expr, Long> terms = new HashMap<>();
        long offset = linear(value, terms);
        terms.values().removeIf(n -> n == 0);
        return terms.equals(Map.of(start, 1L)) ? x.add(start, offset) : value;
    }

    /** Adds what {@code whole} is a sum of to {@code terms}, each with how often; the numbers are the result. */
    private static long linear(Expr whole, Map<Expr, Long> terms) {
        long offset = 0;
        Deque<Map.Entry<Expr, Long>> open = new ArrayDeque<>(List.of(Map.entry(whole, 1L)));
        while (!open.isEmpty()) {
            Map.Entry<Expr, Long> next = open.pop();
            long times = next.getValue();
            switch (next.getKey()) {
                case Expr.Const c -> offset += times * c.value();
                case Expr.Binary b
                when b.op() == BinaryOp.ADD || b.op() == BinaryOp.SUB -> {
                    open.push(Map.entry(b.left(), times));
                    open.push(Map.entry(b.right(), b.op() == BinaryOp.ADD ? times : -times));
                }
                case Expr.Unary u when u.op() == UnaryOp.NEG -> open.push(Map.entry(u.operand(), -times));
                default -> terms.merge(next.getKey(), times, Long::sum);
            }
        }
        return offset;
    }

    private static boolean isAlignment(long mask) {
        long low = ~mask;
        return low >= 0 && low <= 63 && (low & low + 1) == 0;
    }
}
