// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Sum;

/** An address taken apart: where it points, how far from there, and what is not known about that. */
sealed interface Address {
    /** {@code base} plus a known offset in bytes. */
    record Fixed(Expr base, long offset) implements Address {}

    /** One of two addresses, by a condition. */
    public record Choice(Expr condition, Expr whenTrue, Expr whenFalse) implements Address {}

    /** {@code base} plus {@code index} (64 bits) plus a known offset. */
    record Indexed(Expr base, Expr index, long offset) implements Address {}

    /** A number: no object is known to be there. */
    record Absolute(long address) implements Address {}

    /** Takes {@code e} (64 bits) apart. */
    static Address of(Exprs x, Expr e) {
        if (e instanceof Expr.Const c) {
            return new Absolute(c.value());
        }
        if (e instanceof Expr.Ite i) {
            return new Choice(i.condition(), i.whenTrue(), i.whenFalse());
        }
        Sum whole = Sum.of(e);
        List<Expr> terms = whole.terms();
        long offset = whole.offset();
        for (Expr t : terms) {
            if (t instanceof Expr.Ite i) {
                Expr rest = x.constant(offset, 64);
                for (Expr other : terms) {
                    rest = other == t ? rest : x.add(rest, other);
                }
                return new Choice(i.condition(), x.add(rest, i.whenTrue()), x.add(rest, i.whenFalse()));
            }
        }
        List<Expr> indexes = terms.stream().filter(Address::isIndex).toList();
        List<Expr> pointers = terms.stream().filter(t -> !isIndex(t)).toList();
        if (indexes.isEmpty() || pointers.isEmpty()) {
            return new Fixed(sum(x, terms), offset);
        }
        return new Indexed(sum(x, pointers), sum(x, indexes), offset);
    }

    private static Expr sum(Exprs x, List<Expr> terms) {
        return terms.stream().reduce(x::add).orElse(x.constant(0, 64));
    }

    /** Shifted, extended or negated values are no pointers; masked ones may be. */
    private static boolean isIndex(Expr t) {
        return switch (t) {
            case Expr.Concat k -> true;
            case Expr.SignExtend s -> true;
            case Expr.Unary u -> true;
            case Expr.Binary b -> b.op() != BinaryOp.AND;
            case Expr.Const c -> true;
            case Expr.Sym s -> false;
            case Expr.Reg r -> false;
            case Expr.Apply f -> false;
            case Expr.Extract x -> true;
            case Expr.Ite i -> true;
        };
    }
}
