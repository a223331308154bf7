// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

/** Finds values that satisfy a condition, with as many zeros in them as there can be. */
public final class Witnesses {
    private static final int PAGE_BITS = 12;

    private final Exprs x;
    private final Solver solver;
    private final long workUntil;

    /** {@code workUntil} is the solver's work after which values are taken as they come. */
    public Witnesses(Exprs x, Solver solver, long workUntil) {
        this.workUntil = workUntil;
        this.x = x;
        this.solver = solver;
    }

    /** Values for the unknowns of {@code condition}; empty if the solver finds none. */
    public Map<Expr, Long> find(List<Expr> condition) {
        if (!(solver.model(condition) instanceof Solver.Answer.Satisfiable)) {
            return Map.of();
        }
        Map<Expr, Long> plain = find(condition, Unknowns.of(condition));
        // With all addresses 0, what is at two places would be one value.
        return plain.isEmpty() ? find(condition, leaves(condition)) : plain;
    }

    private Map<Expr, Long> find(List<Expr> condition, Collection<Expr> unknowns) {
        List<Expr> all = new ArrayList<>(condition);
        Set<Expr> bases = bases(unknowns);
        if (bases.size() > 1) {
            bases.forEach(b -> tryWith(all, x.isZero(x.extract(b, 0, PAGE_BITS))));
        }
        for (Expr unknown : unknowns) {
            simplify(all, unknown);
        }
        Map<Expr, Long> values = new LinkedHashMap<>();
        if (solver.model(all) instanceof Solver.Answer.Satisfiable s) {
            s.values().forEach(values::put);
        }
        return values;
    }

    /** Pointers that something is read behind: with a page for each, objects that are not one lie apart. */
    private static Set<Expr> bases(Collection<Expr> unknowns) {
        return unknowns.stream()
                .filter(u -> u instanceof Expr.Apply a && a.function().startsWith("memory"))
                .map(u -> ((Expr.Apply) u).arguments().getFirst())
                .filter(b -> b.width() == 64)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Expr> leaves(List<Expr> condition) {
        return condition.stream()
                .flatMap(c -> Unknowns.leaves(c).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void simplify(List<Expr> all, Expr unknown) {
        if (tryWith(all, x.isZero(unknown)) || unknown.width() == 1) {
            return;
        }
        for (int bit = unknown.width() - 1; bit >= 0; bit--) {
            tryWith(all, x.not(x.extract(unknown, bit, 1)));
        }
    }

    private boolean tryWith(List<Expr> all, Expr more) {
        if (solver.work() > workUntil) {
            return false;
        }
        all.add(more);
        if (solver.check(all) instanceof Solver.Answer.Satisfiable) {
            return true;
        }
        all.removeLast();
        return false;
    }
}
