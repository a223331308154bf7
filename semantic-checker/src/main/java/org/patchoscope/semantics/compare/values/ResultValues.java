// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.values;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.patchoscope.semantics.compare.product.Lockstep;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.FewValues;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.trace.Event;

/**
 * Which few numbers a function can return. What it passes on from a callee is looked up in the callee;
 * what it passes on from a call of itself it also returns in another way, or never.
 */
public final class ResultValues {
    private static final int MOST = 4;
    private static final int DEEPEST = 4;

    private final Exprs x;
    private final Solver solver;
    private final Function<String, Optional<Lockstep.Result>> runs;
    private final FewValues few;
    private final List<String> asked = new ArrayList<>();
    private boolean complete = true;

    /** {@code runs} has the ends of a function of the world, by event name; empty if it is unknown. */
    public ResultValues(Exprs x, Solver solver, Function<String, Optional<Lockstep.Result>> runs) {
        this.x = x;
        this.solver = solver;
        this.runs = runs;
        this.few = new FewValues(x);
    }

    /** The numbers, unsigned and as wide as the result; empty if they are many or not known. */
    public Optional<Set<Long>> of(String function) {
        if (asked.contains(function)) {
            return Optional.of(Set.of());
        }
        if (asked.size() > DEEPEST) {
            return Optional.empty();
        }
        asked.add(function);
        try {
            return runs.apply(function).flatMap(this::of);
        } finally {
            asked.removeLast();
        }
    }

    /** Whether all paths of the functions asked about so far were analysed. */
    public boolean complete() {
        return complete;
    }

    private Optional<Set<Long>> of(Lockstep.Result run) {
        if (!run.notAnalysed().isEmpty()) {
            complete = false;
            return Optional.empty();
        }
        Set<Long> all = new TreeSet<>();
        for (Lockstep.End end : run.ends()) {
            for (Expr result :
                    end.last().kind() == Event.Kind.RETURN ? end.last().arguments() : List.<Expr>of()) {
                Optional<Set<Long>> some = values(end.condition(), result);
                if (some.isEmpty()) {
                    return some;
                }
                all.addAll(some.get());
            }
        }
        return Optional.of(all);
    }

    private Optional<Set<Long>> values(List<Expr> condition, Expr result) {
        boolean ownAgain = callee(result).filter(asked::contains).isPresent();
        if (ownAgain) {
            return Optional.of(Set.of());
        }
        Optional<Set<Long>> found = solved(condition, result);
        return found.isPresent() ? found : few.of(result);
    }

    /** What the result can be under the path's condition, where callees return what they do. */
    private Optional<Set<Long>> solved(List<Expr> condition, Expr result) {
        if (result instanceof Expr.Const c) {
            return Optional.of(Set.of(c.value()));
        }
        List<Expr> known = new ArrayList<>(condition);
        Map<String, Optional<Set<Long>>> callees = new HashMap<>();
        for (Expr u : Unknowns.of(List.of(result))) {
            callee(u)
                    .ifPresent(f -> callees.computeIfAbsent(f, this::of)
                            .filter(vs -> !vs.isEmpty())
                            .ifPresent(vs -> known.add(oneOf(x, u, vs))));
        }
        Set<Long> all = new LinkedHashSet<>();
        while (all.size() <= MOST) {
            switch (solver.values(known, result)) {
                case Solver.Answer.Unsatisfiable u -> {
                    return Optional.of(all);
                }
                case Solver.Answer.Unknown u -> {
                    return Optional.empty();
                }
                case Solver.Answer.Satisfiable s -> {
                    long value = new Valuation(s.values()).of(result);
                    all.add(value);
                    known.add(x.not(x.eq(result, x.constant(value, result.width()))));
                }
            }
        }
        return Optional.empty();
    }

    /** That {@code unknown} is one of {@code values}, of which there is one at least. */
    static Expr oneOf(Exprs x, Expr unknown, Set<Long> values) {
        return values.stream()
                .map(v -> x.eq(unknown, x.constant(v, unknown.width())))
                .reduce(x::or)
                .orElseThrow();
    }

    /** The function whose result this is, if it is one. */
    static Optional<String> callee(Expr e) {
        return e instanceof Expr.Sym s && s.name().startsWith("ret:")
                ? Optional.of(s.name().substring("ret:".length(), s.name().lastIndexOf('#')))
                : Optional.empty();
    }
}
