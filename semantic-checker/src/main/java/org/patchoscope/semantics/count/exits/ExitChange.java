// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;

/**
 * Another exit instruction under the same circumstances.
 *
 * @param before a way there was
 * @param after the way there is now, the one that has most calls in common with it
 * @param conditions exactly when it happens: any of these, each a conjunction
 */
public record ExitChange(ExitPath before, ExitPath after, List<List<Expr>> conditions) {
    public ExitChange {
        conditions = conditions.stream().map(List::copyOf).toList();
    }

    private record Pair(ExitPath before, ExitPath after) {
        String exits() {
            return before.exit() + " " + after.exit();
        }

        boolean changed() {
            return !before.exit().equals(after.exit());
        }

        /** What holds on both ways, what only the old one has first: it is what a reader would rather not read. */
        Set<Expr> condition() {
            Set<Expr> all = new LinkedHashSet<>(before.condition());
            all.removeAll(after.condition());
            all.addAll(after.condition());
            return all;
        }

        long common() {
            List<String> left = new ArrayList<>(after.calls());
            before.calls().forEach(left::remove);
            return after.calls().size() - (long) left.size();
        }
    }

    /** The changes between two states whose unknowns have the same names. */
    public static List<ExitChange> between(List<ExitPath> before, List<ExitPath> after, Exprs x, Solver solver) {
        List<Pair> pairs = new ArrayList<>();
        for (ExitPath p : before) {
            for (ExitPath q : after) {
                Pair pair = new Pair(p, q);
                Solver.Answer both = solver.check(pair.condition());
                // A change is told only where it is certain that one input takes both ways.
                if (pair.changed()
                        ? both instanceof Solver.Answer.Satisfiable
                        : !(both instanceof Solver.Answer.Unsatisfiable)) {
                    pairs.add(pair);
                }
            }
        }
        Map<String, List<Pair>> changed = new LinkedHashMap<>();
        pairs.stream()
                .filter(Pair::changed)
                .forEach(p -> changed.computeIfAbsent(p.exits(), e -> new ArrayList<>())
                        .add(p));
        List<ExitChange> all = new ArrayList<>();
        changed.forEach((exits, same) -> {
            List<Set<Expr>> others = pairs.stream()
                    .filter(p -> !p.exits().equals(exits))
                    .map(Pair::condition)
                    .toList();
            // A pair that shares more calls shows what the change is about, and nothing else.
            Pair shown = same.stream()
                    .max(Comparator.comparingLong(Pair::common)
                            .thenComparing(Comparator.comparingInt(
                                            (Pair p) -> p.before().calls().size()
                                                    + p.after().calls().size())
                                    .reversed()))
                    .orElseThrow();
            List<Set<Expr>> cubes = same.stream().map(Pair::condition).toList();
            all.add(new ExitChange(shown.before(), shown.after(), shortest(cubes, others, x, solver)));
        });
        return List.copyOf(all);
    }

    private static List<List<Expr>> shortest(List<Set<Expr>> cubes, List<Set<Expr>> others, Exprs x, Solver solver) {
        List<List<Expr>> found = new ArrayList<>();
        for (Set<Expr> cube : cubes) {
            boolean known = found.stream()
                    .anyMatch(f ->
                            f.stream().allMatch(l -> cube.contains(l) || impossible(cube, Set.of(x.not(l)), solver)));
            if (!known) {
                found.add(reduced(cube, others, solver));
            }
        }
        return found;
    }

    /** Drops what is not needed to keep every other pair out. */
    private static List<Expr> reduced(Set<Expr> cube, List<Set<Expr>> others, Solver solver) {
        Set<Expr> kept = new LinkedHashSet<>(cube);
        for (Expr candidate : cube) {
            kept.remove(candidate);
            if (!others.stream().allMatch(o -> impossible(kept, o, solver))) {
                kept.add(candidate);
            }
        }
        List<Expr> inOrder = new ArrayList<>(cube);
        inOrder.retainAll(kept);
        return inOrder;
    }

    private static boolean impossible(Set<Expr> a, Set<Expr> b, Solver solver) {
        Set<Expr> both = new LinkedHashSet<>(a);
        both.addAll(b);
        return solver.check(both) instanceof Solver.Answer.Unsatisfiable;
    }
}
