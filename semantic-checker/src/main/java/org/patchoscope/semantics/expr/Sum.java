// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An addition taken apart, modulo 2^width: whatever is no addition is one term.
 *
 * @param terms what is added, without numbers, in order
 * @param offset the sum of the numbers
 */
public record Sum(List<Expr> terms, long offset) {
    public Sum {
        terms = List.copyOf(terms);
    }

    /** The terms of {@code e}, through additions within additions. */
    public static Sum of(Expr e) {
        List<Expr> terms = new ArrayList<>();
        long offset = flatten(e, terms);
        return new Sum(terms, offset);
    }

    private static long flatten(Expr whole, List<Expr> into) {
        long offset = 0;
        Deque<Expr> open = new ArrayDeque<>(List.of(whole));
        while (!open.isEmpty()) {
            Expr e = open.pop();
            if (e instanceof Expr.Binary b && b.op() == BinaryOp.ADD) {
                open.push(b.right());
                open.push(b.left());
            } else if (e instanceof Expr.Const c) {
                offset += c.value();
            } else {
                into.add(e);
            }
        }
        return offset;
    }
}
