// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;

/**
 * Brings the conditions of many pairs of paths to the shortest form that is still exact: every literal
 * is dropped whose absence lets in nothing that does not belong there.
 */
final class Conditions {
    /** Cases that are brought to their shortest form; more are said to be left out. */
    static final int MOST_CUBES = 60;

    private final Exprs x;
    private final Solver solver;
    private final ToIntFunction<Expr> oddness;

    /** {@code oddness} is higher for what a reader would rather not read about: it is dropped first. */
    Conditions(Exprs x, Solver solver, ToIntFunction<Expr> oddness) {
        this.x = x;
        this.solver = solver;
        this.oddness = oddness;
    }

    /** Conjunctions that together hold exactly where one of {@code inside} does; {@code outside} are all others. */
    List<List<Expr>> shortest(List<List<Expr>> inside, List<List<Expr>> outside) {
        List<Set<Expr>> others = outside.stream().map(Set::copyOf).distinct().toList();
        List<List<Expr>> todo = new ArrayList<>(inside.stream()
                .sorted(Comparator.<List<Expr>>comparingInt(
                                c -> c.stream().mapToInt(oddness).sum())
                        .thenComparingInt(List::size))
                .limit(MOST_CUBES)
                .toList());
        List<List<Expr>> result = new ArrayList<>();
        while (!todo.isEmpty()) {
            List<Expr> cube = reduce(todo.getFirst(), others);
            result.add(cube);
            todo.removeIf(c -> implies(c, cube));
        }
        return withoutCovered(result);
    }

    private List<List<Expr>> withoutCovered(List<List<Expr>> cubes) {
        List<List<Expr>> kept = new ArrayList<>(cubes);
        for (List<Expr> c : cubes) {
            List<List<Expr>> rest = kept.stream().filter(k -> k != c).toList();
            Expr all = rest.stream().map(this::conjunction).reduce(x.no(), x::or);
            List<Expr> alone = new ArrayList<>(c);
            alone.add(x.not(all));
            if (!rest.isEmpty() && solver.check(alone) instanceof Solver.Answer.Unsatisfiable) {
                kept.remove(c);
            }
        }
        return List.copyOf(kept);
    }

    private Expr conjunction(List<Expr> literals) {
        return literals.stream().reduce(x.yes(), x::and);
    }

    /** Drops literals, the oddest first and late ones before early ones, as long as every other case stays out. */
    private List<Expr> reduce(List<Expr> cube, List<Set<Expr>> others) {
        Set<Expr> kept = new LinkedHashSet<>(cube);
        List<Set<Expr>> reasons = new ArrayList<>();
        Map<Expr, List<Integer>> keptOutBy = new HashMap<>();
        for (int i = 0; i < others.size(); i++) {
            reasons.add(conflict(kept, others.get(i)));
            note(i, reasons.get(i), keptOutBy);
        }
        List<Expr> order = new ArrayList<>(cube.reversed());
        order.sort(Comparator.comparingInt(oddness).reversed());
        for (Expr candidate : order) {
            Set<Expr> shorter = new LinkedHashSet<>(kept);
            shorter.remove(candidate);
            Map<Integer, Set<Expr>> renewed = new LinkedHashMap<>();
            boolean droppable = true;
            for (int i : keptOutBy.getOrDefault(candidate, List.of())) {
                if (reasons.get(i).contains(candidate)) {
                    Set<Expr> reason = conflict(shorter, others.get(i));
                    if (reason.isEmpty()) {
                        droppable = false;
                        break;
                    }
                    renewed.put(i, reason);
                }
            }
            if (droppable) {
                kept.remove(candidate);
                renewed.forEach((i, reason) -> {
                    reasons.set(i, reason);
                    note(i, reason, keptOutBy);
                });
            }
        }
        return List.copyOf(kept);
    }

    private static void note(int other, Set<Expr> reason, Map<Expr, List<Integer>> into) {
        reason.forEach(l -> into.computeIfAbsent(l, k -> new ArrayList<>()).add(other));
    }

    /**
     * Literals of {@code cube} that cannot hold together with {@code other}; none if all can. Nearly always
     * it is one, which is denied in the other.
     */
    private Set<Expr> conflict(Set<Expr> cube, Set<Expr> other) {
        for (Expr l : cube) {
            if (other.contains(x.not(l))) {
                return Set.of(l);
            }
        }
        Set<Expr> both = new LinkedHashSet<>(cube);
        both.addAll(other);
        if (solver.check(both) instanceof Solver.Answer.Unsatisfiable u) {
            Set<Expr> reason = new LinkedHashSet<>(u.core());
            reason.retainAll(cube);
            return reason.isEmpty() ? cube : reason;
        }
        return Set.of();
    }

    private boolean implies(List<Expr> cube, List<Expr> wider) {
        return wider.stream()
                .filter(l -> !cube.contains(l))
                .allMatch(l -> solver.check(cube, x.not(l)) instanceof Solver.Answer.Unsatisfiable);
    }
}
