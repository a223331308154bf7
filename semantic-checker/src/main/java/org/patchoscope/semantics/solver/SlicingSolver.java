// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;

/**
 * Asks another solver only about the conditions that can matter to the one in question, and does not ask
 * twice. Beside conditions known to hold together, a new one is decided by those it shares unknowns with;
 * what contradicted it on one path contradicts it on every path that has the same few conditions.
 *
 * <p>An application is one unknown here: that two of them may be equal because their arguments are is not
 * seen when the arguments are sliced off. The answer can then only be "satisfiable" where it should be
 * "unsatisfiable", which the execution of a witness finds out.
 */
public final class SlicingSolver implements Solver {
    private final Solver solver;
    private final Map<Expr, BitSet> leaves = new HashMap<>();
    private final Map<Expr, Integer> numbers = new HashMap<>();
    private final Map<Expr, List<Set<Expr>>> cores = new HashMap<>();
    private final Map<Set<Expr>, Answer> answers = new HashMap<>();
    private final Map<Set<Expr>, Answer> models = new HashMap<>();

    public SlicingSolver(Solver solver) {
        this.solver = solver;
    }

    @Override
    public Answer check(Collection<Expr> known, Expr extra) {
        if (extra instanceof Expr.Const c) {
            return c.value() == 1 ? new Answer.Satisfiable(Map.of()) : new Answer.Unsatisfiable(Set.of(extra));
        }
        Set<Expr> slice = slice(known, extra);
        for (Set<Expr> core : cores.getOrDefault(extra, List.of())) {
            if (slice.containsAll(core)) {
                return new Answer.Unsatisfiable(core);
            }
        }
        Answer answer = once(slice);
        if (answer instanceof Answer.Unsatisfiable u) {
            cores.computeIfAbsent(extra, k -> new ArrayList<>()).add(u.core());
        }
        return answer;
    }

    private Answer once(Set<Expr> conditions) {
        Answer answer = answers.get(conditions);
        if (answer == null) {
            answer = solver.check(conditions);
            answers.put(conditions, answer);
        }
        return answer;
    }

    /** Conditions that share no unknown hold together if they hold by themselves. */
    @Override
    public Answer check(Collection<Expr> conditions) {
        List<Expr> rest = new ArrayList<>(new LinkedHashSet<>(conditions));
        Answer.Unknown unknown = null;
        while (!rest.isEmpty()) {
            Set<Expr> part = slice(rest.subList(1, rest.size()), rest.getFirst());
            rest.removeAll(part);
            switch (once(part)) {
                case Answer.Satisfiable s -> {}
                case Answer.Unsatisfiable u -> {
                    return u;
                }
                case Answer.Unknown u -> unknown = u;
            }
        }
        return unknown == null ? new Answer.Satisfiable(Map.of()) : unknown;
    }

    private Set<Expr> slice(Collection<Expr> known, Expr extra) {
        Set<Expr> slice = reached(known, extra);
        slice.add(extra);
        return slice;
    }

    /** Those of {@code known} that share an unknown with {@code term}, or with one that does. */
    private Set<Expr> reached(Collection<Expr> known, Expr term) {
        Set<Expr> slice = new LinkedHashSet<>();
        BitSet reached = (BitSet) leaves(term).clone();
        List<Expr> rest = new ArrayList<>(known);
        boolean grown = true;
        while (grown) {
            grown = false;
            List<Expr> apart = new ArrayList<>();
            for (Expr k : rest) {
                BitSet mine = leaves(k);
                if (mine.intersects(reached)) {
                    slice.add(k);
                    int before = reached.cardinality();
                    reached.or(mine);
                    grown |= reached.cardinality() > before;
                } else {
                    apart.add(k);
                }
            }
            rest = apart;
        }
        return slice;
    }

    /** The numbers of the unknowns in {@code e}. */
    private BitSet leaves(Expr e) {
        BitSet known = leaves.get(e);
        if (known == null) {
            known = new BitSet();
            for (Expr unknown : Unknowns.leaves(e)) {
                known.set(numbers.computeIfAbsent(unknown, u -> numbers.size()));
            }
            leaves.put(e, known);
        }
        return known;
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        return solver.model(conditions);
    }

    @Override
    public Answer values(Collection<Expr> known, Expr term) {
        Set<Expr> slice = reached(known, term);
        Answer answer = models.get(slice);
        if (answer == null) {
            answer = solver.model(slice);
            models.put(slice, answer);
        }
        return answer;
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
