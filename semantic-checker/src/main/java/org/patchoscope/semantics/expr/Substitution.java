// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.HashMap;
import java.util.Map;
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
        if (done == null) {
            Expr other = replacement.apply(e);
            done = other != null ? other : rebuild(e);
            memo.put(e, done);
        }
        return done;
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
