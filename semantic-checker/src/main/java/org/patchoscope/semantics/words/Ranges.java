// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * Bounds of one unsigned number that hold together, said as the range that they leave: what is at most 1 and not 1 is 0.
 * Compilers ask for one number after the other where a switch is.
 */
final class Ranges {
    private enum Kind {
        AT_LEAST,
        AT_MOST,
        NOT
    }

    private record Bound(Kind kind, Expr of, long number) {}

    private final Exprs x;

    Ranges(Exprs exprs) {
        this.x = exprs;
    }

    /** Conditions that say the same as {@code conjunction} together, in no more words. */
    List<Expr> together(List<Expr> conjunction) {
        Map<Expr, Map<Expr, Bound>> byNumber = new LinkedHashMap<>();
        for (Expr c : conjunction) {
            if (bound(c, true) instanceof Bound b) {
                byNumber.computeIfAbsent(b.of(), n -> new LinkedHashMap<>()).put(c, b);
            }
        }
        List<Expr> all = new ArrayList<>(conjunction);
        byNumber.forEach((number, bounds) -> range(number, bounds.values())
                .filter(range -> range.size() < bounds.size())
                .ifPresent(range -> {
                    all.addAll(all.indexOf(bounds.keySet().iterator().next()), range);
                    bounds.keySet().forEach(all::remove);
                }));
        return all;
    }

    /** The range as conditions; empty where the bounds leave nothing. */
    private Optional<List<Expr>> range(Expr number, Collection<Bound> bounds) {
        long least = 0;
        long most = Bits.mask(number.width());
        Set<Long> not = new TreeSet<>(Long::compareUnsigned);
        for (Bound b : bounds) {
            switch (b.kind()) {
                case AT_LEAST -> least = Long.compareUnsigned(b.number(), least) > 0 ? b.number() : least;
                case AT_MOST -> most = Long.compareUnsigned(b.number(), most) < 0 ? b.number() : most;
                case NOT -> not.add(b.number());
            }
        }
        while (Long.compareUnsigned(least, most) < 0 && not.contains(least)) {
            least++;
        }
        while (Long.compareUnsigned(least, most) < 0 && not.contains(most)) {
            most--;
        }
        boolean nothing = Long.compareUnsigned(least, most) > 0 || least == most && not.contains(least);
        return nothing ? Optional.empty() : Optional.of(said(number, least, most, not));
    }

    private List<Expr> said(Expr number, long least, long most, Set<Long> not) {
        Expr low = x.constant(least, number.width());
        Expr high = x.constant(most, number.width());
        if (least == most) {
            return List.of(x.eq(number, low));
        }
        List<Expr> said = new ArrayList<>();
        if (least != 0) {
            said.add(x.not(least == 1 ? x.isZero(number) : x.binary(BinaryOp.ULT, number, low)));
        }
        if (most != Bits.mask(number.width())) {
            said.add(x.not(x.binary(BinaryOp.ULT, high, number)));
        }
        for (long n : not) {
            if (Long.compareUnsigned(n, least) > 0 && Long.compareUnsigned(n, most) < 0) {
                said.add(x.not(x.eq(number, x.constant(n, number.width()))));
            }
        }
        return said;
    }

    private static @Nullable Bound bound(Expr e, boolean holds) {
        return switch (e) {
            case Expr.Unary u when u.op() == UnaryOp.NOT && u.width() == 1 -> bound(u.operand(), !holds);
            case Expr.Binary b
            when b.op() == BinaryOp.EQ && b.right() instanceof Expr.Const c ->
                holds || b.left() instanceof Expr.Const ? null : new Bound(Kind.NOT, b.left(), c.value());
            case Expr.Binary b
            when b.op() == BinaryOp.ULT || b.op() == BinaryOp.ULE -> order(b, b.op() == BinaryOp.ULT, holds);
            default -> null;
        };
    }

    /** {@code left < right} (or {@code <=}) with a number on one side, or that it is not so. */
    private static @Nullable Bound order(Expr.Binary b, boolean less, boolean holds) {
        if (b.right() instanceof Expr.Const c) {
            return order(b.left(), c, less, holds);
        }
        // A number is less than something just where that is not at most the number.
        return b.left() instanceof Expr.Const c ? order(b.right(), c, !less, !holds) : null;
    }

    private static @Nullable Bound order(Expr of, Expr.Const c, boolean less, boolean holds) {
        if (holds) {
            return less && c.value() == 0 ? null : new Bound(Kind.AT_MOST, of, less ? c.value() - 1 : c.value());
        }
        return !less && c.value() == Bits.mask(c.width())
                ? null
                : new Bound(Kind.AT_LEAST, of, less ? c.value() : c.value() + 1);
    }
}
