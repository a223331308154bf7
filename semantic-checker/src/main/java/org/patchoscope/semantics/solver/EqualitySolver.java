// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;

/**
 * Puts equals for equals before it asks another solver. That two ways along a list lead to one place, so that what is read
 * there is the same, takes a solver of bits seconds to find out, and a look to see. What it sees is always so; what it does
 * not see the other solver decides.
 */
public final class EqualitySolver implements Solver {
    private static final int DEEPEST = 16;

    private record Equality(Expr term, Expr value) {}

    private final Exprs x;
    private final Solver solver;

    /** {@code exprs} must be the factory of all conditions. */
    public EqualitySolver(Exprs exprs, Solver solver) {
        this.x = exprs;
        this.solver = solver;
    }

    @Override
    public Answer check(Collection<Expr> conditions) {
        return contradicting(conditions)
                .<Answer>map(Answer.Unsatisfiable::new)
                .orElseGet(() -> solver.check(conditions));
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        return contradicting(conditions)
                .<Answer>map(Answer.Unsatisfiable::new)
                .orElseGet(() -> solver.model(conditions));
    }

    private Optional<Set<Expr>> contradicting(Collection<Expr> conditions) {
        if (conditions.stream()
                        .noneMatch(c -> equality(c)
                                .filter(e -> !(e.value() instanceof Expr.Const))
                                .isPresent())
                || !contradict(conditions)) {
            return Optional.empty();
        }
        List<Expr> core = new ArrayList<>(conditions);
        for (Expr c : conditions) {
            List<Expr> fewer = new ArrayList<>(core);
            fewer.remove(c);
            if (contradict(fewer)) {
                core = fewer;
            }
        }
        return Optional.of(Set.copyOf(core));
    }

    /** Replaces, one equality after the other, a term by what it equals, in all other conditions. */
    private boolean contradict(Collection<Expr> conditions) {
        List<Expr> rest = new ArrayList<>(conditions);
        int next = 0;
        while (next < rest.size()) {
            Optional<Equality> found = equality(rest.get(next));
            if (found.isEmpty()) {
                next++;
                continue;
            }
            rest.remove(next);
            Equality e = found.get();
            Substitution put = new Substitution(x, n -> n == e.term() ? e.value() : null);
            rest.replaceAll(c -> everywhere(put, c));
            if (denied(rest)) {
                return true;
            }
            next = 0;
        }
        return false;
    }

    /** What is put in may make another place the same term. */
    private static Expr everywhere(Substitution put, Expr condition) {
        Expr e = condition;
        for (int i = 0; i < DEEPEST; i++) {
            Expr done = put.apply(e);
            if (done == e) {
                return e;
            }
            e = done;
        }
        return e;
    }

    private boolean denied(List<Expr> conditions) {
        Set<Expr> all = new HashSet<>(conditions);
        return conditions.stream().anyMatch(c -> c.isConst(0) || all.contains(x.not(c)));
    }

    /** An equality of a term without parts with something that does not contain it. */
    private Optional<Equality> equality(Expr condition) {
        if (!(condition instanceof Expr.Binary b) || b.op() != BinaryOp.EQ) {
            return Optional.empty();
        }
        return solved(b.left(), b.right()).or(() -> solved(b.right(), b.left()));
    }

    private Optional<Equality> solved(Expr side, Expr other) {
        Expr term = side;
        Expr value = other;
        if (side instanceof Expr.Binary sum && sum.op() == BinaryOp.ADD && sum.right() instanceof Expr.Const c) {
            term = sum.left();
            value = x.sub(other, c);
        }
        boolean whole = term instanceof Expr.Sym || term instanceof Expr.Apply;
        return whole && !Unknowns.of(List.of(value)).contains(term)
                ? Optional.of(new Equality(term, value))
                : Optional.empty();
    }

    @Override
    public long queries() {
        return solver.queries();
    }

    @Override
    public long work() {
        return solver.work();
    }

    @Override
    public void close() {
        solver.close();
    }
}
