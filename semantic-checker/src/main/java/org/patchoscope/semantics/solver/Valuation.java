// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.PostOrder;

/** Values for unknowns (zero where none is given), and with them the value of any expression. */
public final class Valuation {
    private final Map<Expr, Long> values;
    private final Map<Expr, Long> memo = new HashMap<>();

    public Valuation(Map<Expr, Long> values) {
        this.values = Map.copyOf(values);
    }

    /** The value of {@code e}; bits above its width are zero. Uses nothing of the simplifier. */
    public long of(Expr e) {
        Long known = memo.get(e);
        if (known == null) {
            PostOrder.over(e, memo::containsKey, n -> memo.put(n, compute(n) & Bits.mask(n.width())));
            known = Objects.requireNonNull(memo.get(e));
        }
        return known;
    }

    private long compute(Expr e) {
        return switch (e) {
            case Expr.Const c -> c.value();
            case Expr.Sym s -> values.getOrDefault(s, 0L);
            case Expr.Reg r -> values.getOrDefault(r, 0L);
            case Expr.Apply f -> values.getOrDefault(f, 0L);
            case Expr.Unary u -> Bits.apply(u.op(), u.width(), of(u.operand()));
            case Expr.Binary b -> Bits.apply(b.op(), b.left().width(), of(b.left()), of(b.right()));
            case Expr.Extract x -> of(x.operand()) >>> x.low();
            case Expr.Concat k -> of(k.high()) << k.low().width() | of(k.low());
            case Expr.SignExtend s ->
                Bits.signExtend(of(s.operand()), s.operand().width());
            case Expr.Ite i -> of(i.condition()) == 1 ? of(i.whenTrue()) : of(i.whenFalse());
        };
    }
}
