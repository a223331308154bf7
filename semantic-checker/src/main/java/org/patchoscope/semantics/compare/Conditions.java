// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;

/**
 * Brings the conditions of many pairs of paths to the shortest form that is still exact: every literal
 * is dropped whose absence lets in nothing that does not belong there.
 */
final class Conditions {
    /** Conjunctions that are worked out; what they leave out is counted. */
    private static final int MOST_CUBES = 60;

    /**
     * What has been worked out.
     *
     * @param cases conjunctions that hold nowhere but where one of the cases to describe does
     * @param left how many of the cases to describe are in none of them; they hold everywhere if there is none
     */
    record Shortest(List<List<Expr>> cases, int left) {}

    private final Exprs x;
    private final Solver solver;
    private final ToIntFunction<Expr> oddness;

    /** {@code oddness} is higher for what a reader would rather not read about: it is dropped first. */
    Conditions(Exprs x, Solver solver, ToIntFunction<Expr> oddness) {
        this.x = x;
        this.solver = solver;
        this.oddness = oddness;
    }

    /** Conjunctions that together hold where one of {@code inside} does; {@code outside} are all others. */
    Shortest shortest(List<List<Expr>> inside, List<List<Expr>> outside) {
        Others others = Others.of(outside);
        List<Case> todo = new ArrayList<>(inside.stream()
                .sorted(Comparator.<List<Expr>>comparingInt(
                                c -> c.stream().mapToInt(oddness).sum())
                        .thenComparingInt(List::size))
                .map(Case::of)
                .toList());
        List<List<Expr>> result = new ArrayList<>();
        while (!todo.isEmpty() && result.size() < MOST_CUBES) {
            List<Expr> cube = reduce(todo.getFirst().literals(), others);
            result.add(cube);
            todo.removeIf(c -> implies(c, cube));
        }
        return new Shortest(withoutCovered(result), todo.size());
    }

    /** A case to describe, to be asked for its literals. */
    private record Case(List<Expr> literals, Set<Expr> set) {
        static Case of(List<Expr> literals) {
            return new Case(literals, Set.copyOf(literals));
        }
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
    private List<Expr> reduce(List<Expr> cube, Others others) {
        Set<Expr> kept = new LinkedHashSet<>(cube);
        Reasons reasons = new Reasons(others.all().size());
        keptOut(kept, reasons.unexplained(), others, false).into(reasons);
        List<Expr> order = new ArrayList<>(cube.reversed());
        order.sort(Comparator.comparingInt(oddness).reversed());
        for (Expr candidate : order) {
            Set<Expr> shorter = new LinkedHashSet<>(kept);
            shorter.remove(candidate);
            Renewed renewed = keptOut(shorter, reasons.with(candidate), others, true);
            if (renewed.letIn().isEmpty()) {
                kept.remove(candidate);
                renewed.into(reasons);
            }
        }
        return List.copyOf(kept);
    }

    /** The cases that are not the ones to describe, and by literal in which of them it is found. */
    private record Others(List<List<Expr>> all, Map<Expr, BitSet> by) {
        static Others of(List<List<Expr>> cases) {
            List<List<Expr>> all = cases.stream().distinct().toList();
            Map<Expr, BitSet> by = new HashMap<>();
            for (int i = 0; i < all.size(); i++) {
                for (Expr l : all.get(i)) {
                    by.computeIfAbsent(l, k -> new BitSet()).set(i);
                }
            }
            return new Others(all, by);
        }
    }

    /** By number of another case, which literals keep it out; nearly always it is one, which is denied in it. */
    private static final class Reasons {
        private final int cases;
        private final Map<Expr, BitSet> single = new HashMap<>();
        private final Map<Integer, Set<Expr>> several = new TreeMap<>();

        Reasons(int cases) {
            this.cases = cases;
        }

        BitSet unexplained() {
            BitSet all = new BitSet();
            all.set(0, cases);
            return all;
        }

        /** The cases of whose reason {@code literal} is a part. */
        BitSet with(Expr literal) {
            BitSet with = (BitSet) single.getOrDefault(literal, new BitSet()).clone();
            several.forEach((i, reason) -> {
                if (reason.contains(literal)) {
                    with.set(i);
                }
            });
            return with;
        }

        void one(Expr literal, BitSet which) {
            single.values().forEach(s -> s.andNot(which));
            single.computeIfAbsent(literal, k -> new BitSet()).or(which);
            which.stream().forEach(several::remove);
        }

        void more(int which, Set<Expr> reason) {
            single.values().forEach(s -> s.clear(which));
            several.put(which, reason);
        }
    }

    /** Reasons found, and the cases for which there is none: up to the first of them, or none. */
    private record Renewed(Map<Expr, BitSet> single, Map<Integer, Set<Expr>> several, BitSet letIn) {
        void into(Reasons reasons) {
            single.forEach(reasons::one);
            several.forEach(reasons::more);
        }
    }

    /**
     * Which literals of {@code cube} keep out the cases {@code which}: a denied one if there is, else what a solver says.
     * With {@code allOrNone} one case that nothing keeps out is enough to know.
     */
    private Renewed keptOut(Set<Expr> cube, BitSet which, Others others, boolean allOrNone) {
        Renewed found = new Renewed(new LinkedHashMap<>(), new TreeMap<>(), new BitSet());
        BitSet open = (BitSet) which.clone();
        for (Expr l : cube) {
            BitSet denied = others.by().get(x.not(l));
            if (denied != null && denied.intersects(open)) {
                BitSet here = (BitSet) open.clone();
                here.and(denied);
                open.andNot(here);
                found.single().put(l, here);
            }
        }
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            Set<Expr> reason = core(cube, others.all().get(i));
            if (reason.isEmpty()) {
                found.letIn().set(i);
                if (allOrNone) {
                    return found;
                }
            } else {
                found.several().put(i, reason);
            }
        }
        return found;
    }

    /** Literals of {@code cube} that cannot hold together with {@code other}; none if all can. */
    private Set<Expr> core(Set<Expr> cube, List<Expr> other) {
        Set<Expr> both = new LinkedHashSet<>(cube);
        both.addAll(other);
        if (solver.check(both) instanceof Solver.Answer.Unsatisfiable u) {
            Set<Expr> reason = new LinkedHashSet<>(u.core());
            reason.retainAll(cube);
            return reason.isEmpty() ? cube : reason;
        }
        return Set.of();
    }

    private boolean implies(Case c, List<Expr> wider) {
        return wider.stream().noneMatch(l -> c.set().contains(x.not(l)))
                && wider.stream()
                        .filter(l -> !c.set().contains(l))
                        .allMatch(l -> solver.check(c.literals(), x.not(l)) instanceof Solver.Answer.Unsatisfiable);
    }
}
