// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Goes through expressions from their leaves up, without a stack as deep as they are. */
public final class PostOrder {
    private PostOrder() {}

    /** What an expression is made of, in order. */
    public static List<Expr> operands(Expr e) {
        return switch (e) {
            case Expr.Const c -> List.of();
            case Expr.Sym s -> List.of();
            case Expr.Reg r -> List.of();
            case Expr.Apply f -> f.arguments();
            case Expr.Unary u -> List.of(u.operand());
            case Expr.Binary b -> List.of(b.left(), b.right());
            case Expr.Extract t -> List.of(t.operand());
            case Expr.Concat k -> List.of(k.high(), k.low());
            case Expr.SignExtend s -> List.of(s.operand());
            case Expr.Ite i -> List.of(i.condition(), i.whenTrue(), i.whenFalse());
        };
    }

    /**
     * Hands {@code e} and all that it is made of to {@code work}, each after its operands; what is {@code done} already, and
     * what only that is made of, is left out.
     */
    public static void over(Expr e, Predicate<Expr> done, Consumer<Expr> work) {
        Deque<Expr> open = new ArrayDeque<>();
        open.push(e);
        while (!open.isEmpty()) {
            Expr next = open.peek();
            if (done.test(next)) {
                open.pop();
                continue;
            }
            boolean ready = true;
            for (Expr operand : operands(next)) {
                if (!done.test(operand)) {
                    open.push(operand);
                    ready = false;
                }
            }
            if (ready) {
                open.pop();
                work.accept(next);
            }
        }
    }
}
