// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    Conditions(Exprs x, Solver solver) {
        this.x = x;
        this.solver = solver;
    }

    /** Conjunctions that together hold exactly where one of {@code inside} does; {@code outside} are all others. */
    List<List<Expr>> shortest(List<List<Expr>> inside, List<List<Expr>> outside) {
        List<Set<Expr>> others = outside.stream().map(Set::copyOf).toList();
        List<List<Expr>> todo = new ArrayList<>(inside.size() > MOST_CUBES ? inside.subList(0, MOST_CUBES) : inside);
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

    private List<Expr> reduce(List<Expr> cube, List<Set<Expr>> others) {
        List<Expr> kept = new ArrayList<>(cube);
        for (int i = kept.size() - 1; i >= 0; i--) {
            List<Expr> shorter = new ArrayList<>(kept);
            shorter.remove(i);
            if (others.stream().allMatch(o -> excludes(shorter, o))) {
                kept.remove(i);
            }
        }
        return List.copyOf(kept);
    }

    /** Whether the two cannot hold together; nearly always a literal of one is denied in the other. */
    private boolean excludes(List<Expr> cube, Set<Expr> other) {
        if (cube.stream().anyMatch(l -> other.contains(x.not(l)))) {
            return true;
        }
        Set<Expr> both = new LinkedHashSet<>(cube);
        both.addAll(other);
        return solver.check(both) instanceof Solver.Answer.Unsatisfiable;
    }

    private boolean implies(List<Expr> cube, List<Expr> wider) {
        return wider.stream()
                .filter(l -> !cube.contains(l))
                .allMatch(l -> solver.check(cube, x.not(l)) instanceof Solver.Answer.Unsatisfiable);
    }
}
