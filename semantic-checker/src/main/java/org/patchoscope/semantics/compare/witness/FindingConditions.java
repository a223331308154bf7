// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import java.util.ArrayList;
import java.util.Comparator;
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
public final class FindingConditions {
    /** Conjunctions that are worked out; what they leave out is counted. */
    public static final int MOST_CUBES = 60;

    /**
     * What has been worked out.
     *
     * @param cases conjunctions that hold nowhere but where one of the cases to describe does
     * @param left how many cases more there are at least
     */
    public record Shortest(List<List<Expr>> cases, int left) {}

    private final Exprs x;
    private final Solver solver;
    private final ToIntFunction<Expr> oddness;
    private final long workUntil;

    /**
     * @param oddness is higher for what a reader would rather not read about: it is dropped first
     * @param workUntil the solver's work after which what has been found is left as it is
     */
    public FindingConditions(Exprs x, Solver solver, ToIntFunction<Expr> oddness, long workUntil) {
        this.workUntil = workUntil;
        this.x = x;
        this.solver = solver;
        this.oddness = oddness;
    }

    /** Which conditions are told of one case: all that the input's own execution has decided, and what makes the difference. */
    public interface Cases {
        /** Literals that hold for the input, and under which it happens; empty where that could not be found out. */
        List<Expr> of(Map<Expr, Long> input);
    }

    /** Conjunctions that together hold where {@code inside} does: one for an input, then one for an input that is in none. */
    public Shortest shortest(Expr inside, int most, Cases cases) {
        List<List<Expr>> result = new ArrayList<>();
        List<Expr> left = new ArrayList<>(List.of(inside));
        while (result.size() < most && !spent()) {
            if (!(solver.check(left) instanceof Solver.Answer.Satisfiable)) {
                return new Shortest(withoutCovered(result), 0);
            }
            // Not any input, but the one with the most zeros: reports are the same each time.
            List<Expr> literals = cases.of(new Witnesses(x, solver, workUntil).find(left));
            if (literals.isEmpty()) {
                break;
            }
            List<Expr> cube = reduce(literals, inside);
            result.add(cube);
            left.add(x.not(conjunction(cube)));
        }
        boolean all = !spent() && solver.check(left) instanceof Solver.Answer.Unsatisfiable;
        return new Shortest(withoutCovered(result), all ? 0 : 1);
    }

    /** Drops literals, the oddest first and late ones before early ones, as long as it happens wherever the rest holds. */
    private List<Expr> reduce(List<Expr> cube, Expr inside) {
        Expr outside = x.not(inside);
        Set<Expr> kept = new LinkedHashSet<>(cube);
        List<Expr> order = new ArrayList<>(cube.reversed());
        order.sort(Comparator.comparingInt(oddness).reversed());
        if (keepsOut(kept, outside)) {
            for (Expr candidate : order) {
                if (spent()) {
                    break;
                }
                kept.remove(candidate);
                if (!keepsOut(kept, outside)) {
                    kept.add(candidate);
                }
            }
        }
        return cube.stream().filter(kept::contains).distinct().toList();
    }

    private boolean keepsOut(Set<Expr> literals, Expr outside) {
        List<Expr> all = new ArrayList<>(literals);
        all.add(outside);
        return solver.check(all) instanceof Solver.Answer.Unsatisfiable;
    }

    private boolean spent() {
        return solver.work() > workUntil;
    }

    private List<List<Expr>> withoutCovered(List<List<Expr>> cubes) {
        List<List<Expr>> kept = new ArrayList<>(cubes);
        for (List<Expr> c : cubes) {
            if (spent()) {
                break;
            }
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
}
