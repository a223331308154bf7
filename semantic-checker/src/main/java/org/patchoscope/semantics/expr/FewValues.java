// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values that an expression can have, where it is made of constants and truth values: compilers turn
 * {@code c ? -1 : 0} into {@code -c}. Operands are taken to be independent, so a value more than there
 * really is may be found, but none less.
 */
public final class FewValues {
    private static final int MOST = 8;

    private final Exprs x;
    private final Map<Expr, Optional<Set<Long>>> known = new HashMap<>();

    public FewValues(Exprs exprs) {
        this.x = exprs;
    }

    /** The values of {@code e}, as unsigned numbers of its width; empty if they may be many. */
    public Optional<Set<Long>> of(Expr e) {
        Optional<Set<Long>> done = known.get(e);
        if (done == null) {
            PostOrder.over(e, known::containsKey, n -> known.put(n, make(n).filter(s -> s.size() <= MOST)));
            done = Objects.requireNonNull(known.get(e));
        }
        return done;
    }

    private Optional<Set<Long>> make(Expr e) {
        if (e.width() == 1 && !(e instanceof Expr.Const)) {
            return Optional.of(Set.of(0L, 1L));
        }
        return switch (e) {
            case Expr.Const c -> Optional.of(Set.of(c.value()));
            case Expr.Ite i -> of(i.whenTrue()).flatMap(a -> of(i.whenFalse()).map(b -> union(a, b)));
            case Expr.Unary u -> each(u.operand(), v -> x.unary(u.op(), v));
            case Expr.Extract f -> each(f.operand(), v -> x.extract(v, f.low(), f.width()));
            case Expr.SignExtend s -> each(s.operand(), v -> x.signExtend(v, s.width()));
            case Expr.Binary b -> pairs(b.left(), b.right(), (l, r) -> x.binary(b.op(), l, r));
            case Expr.Concat c -> pairs(c.high(), c.low(), x::concat);
            case Expr.Sym s -> Optional.empty();
            case Expr.Reg r -> Optional.empty();
            case Expr.Apply a -> Optional.empty();
        };
    }

    private Optional<Set<Long>> each(Expr operand, UnaryOperator<Expr> op) {
        return of(operand).flatMap(vs -> constants(vs.stream().map(v -> op.apply(x.constant(v, operand.width())))));
    }

    private Optional<Set<Long>> pairs(Expr left, Expr right, BinaryOperator<Expr> op) {
        return of(left).flatMap(ls -> of(right)
                .flatMap(rs -> constants(ls.stream()
                        .flatMap(l -> rs.stream()
                                .map(r -> op.apply(x.constant(l, left.width()), x.constant(r, right.width())))))));
    }

    /** Operations on constants give constants, unless the operation is one that is not folded. */
    private static Optional<Set<Long>> constants(Stream<Expr> results) {
        Set<Expr> all = results.collect(Collectors.toSet());
        return all.stream().allMatch(Expr.Const.class::isInstance)
                ? Optional.of(all.stream().map(r -> ((Expr.Const) r).value()).collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static Set<Long> union(Set<Long> a, Set<Long> b) {
        Set<Long> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }
}
