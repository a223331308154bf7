// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces leaves of expressions and simplifies what comes of it. Remembers what it has done, so one
 * substitution serves many expressions.
 */
public final class Substitution {
    private final Exprs x;
    private final Function<Expr, @Nullable Expr> replacement;
    private final Map<Expr, Expr> memo = new HashMap<>();
    /** Nodes that are not replaced, whose operands come first. */
    private final Set<Expr> asked = new HashSet<>();

    /** {@code replacement} gives a new expression of equal width for a node, or null to keep it. */
    public Substitution(Exprs exprs, Function<Expr, @Nullable Expr> replacement) {
        this.x = exprs;
        this.replacement = replacement;
    }

    /** {@code e} with every replaceable node replaced. */
    public Expr apply(Expr e) {
        if (e instanceof Expr.Const) {
            return e;
        }
        if (e instanceof Expr.Reg) {
            Expr other = replacement.apply(e); // no more work than to remember it
            return other != null ? other : e;
        }
        Expr done = memo.get(e);
        return done != null ? done : through(e);
    }

    /** From the leaves up, but for what is made only of parts that are replaced. */
    private Expr through(Expr e) {
        Deque<Expr> open = new ArrayDeque<>(List.of(e));
        while (!open.isEmpty()) {
            Expr next = open.peek();
            if (memo.containsKey(next)) {
                open.pop();
                continue;
            }
            Expr other = asked.contains(next) ? null : replacement.apply(next);
            boolean ready = true;
            if (other == null && asked.add(next)) {
                for (Expr operand : PostOrder.operands(next)) {
                    boolean leaf = operand instanceof Expr.Const || operand instanceof Expr.Reg;
                    if (!leaf && !memo.containsKey(operand)) {
                        open.push(operand);
                        ready = false;
                    }
                }
            }
            if (ready) {
                open.pop();
                asked.remove(next);
                memo.put(next, other != null ? other : rebuild(next));
            }
        }
        return Objects.requireNonNull(memo.get(e));
    }

    private Expr rebuild(Expr e) {
        return switch (e) {
            case Expr.Const c -> c;
            case Expr.Sym s -> s;
            case Expr.Reg r -> r;
            case Expr.Apply f ->
                x.apply(
                        f.function(),
                        f.width(),
                        f.arguments().stream().map(this::apply).toList());
            case Expr.Unary u -> x.unary(u.op(), apply(u.operand()));
            case Expr.Binary b -> x.binary(b.op(), apply(b.left()), apply(b.right()));
            case Expr.Extract t -> x.extract(apply(t.operand()), t.low(), t.width());
            case Expr.Concat k -> x.concat(apply(k.high()), apply(k.low()));
            case Expr.SignExtend s -> x.signExtend(apply(s.operand()), s.width());
            case Expr.Ite i -> x.ite(apply(i.condition()), apply(i.whenTrue()), apply(i.whenFalse()));
        };
    }
}
