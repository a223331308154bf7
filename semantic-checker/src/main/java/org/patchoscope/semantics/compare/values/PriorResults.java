// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.values;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * A solver that knows which few numbers functions return. What a version does with another one is no difference. A core
 * is one under this knowledge.
 */
public final class PriorResults implements Solver {
    private final Solver solver;
    private final Exprs x;
    private final Function<String, Optional<Set<Long>>> numbers;
    private final Map<Expr, Optional<Expr>> facts = new HashMap<>();
    private final Map<Expr, Set<Expr>> results = new HashMap<>();

    /** {@code numbers} gives, by the name of a function, all that it can return; empty where that is many or not known. */
    public PriorResults(Solver solver, Exprs x, Function<String, Optional<Set<Long>>> numbers) {
        this.solver = solver;
        this.x = x;
        this.numbers = numbers;
    }

    @Override
    public Answer check(Collection<Expr> conditions) {
        Answer answer = solver.check(conditions);
        return answer instanceof Answer.Unsatisfiable ? answer : again(answer, conditions, solver::check);
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        Answer answer = solver.model(conditions);
        return answer instanceof Answer.Unsatisfiable ? answer : again(answer, conditions, solver::model);
    }

    @Override
    public Answer check(Collection<Expr> known, Expr extra) {
        Answer answer = solver.check(known, extra);
        if (answer instanceof Answer.Unsatisfiable) {
            return answer;
        }
        Set<Expr> said = facts(known);
        said.addAll(facts(List.of(extra)));
        if (said.isEmpty()) {
            return answer;
        }
        Set<Expr> all = new LinkedHashSet<>(known);
        all.addAll(said);
        return without(said, solver.check(all, extra));
    }

    private Answer again(Answer answer, Collection<Expr> conditions, Function<Collection<Expr>, Answer> ask) {
        Set<Expr> said = facts(conditions);
        if (said.isEmpty()) {
            return answer;
        }
        List<Expr> all = new ArrayList<>(conditions);
        all.addAll(said);
        return without(said, ask.apply(all));
    }

    private static Answer without(Set<Expr> said, Answer answer) {
        if (answer instanceof Answer.Unsatisfiable(Set<Expr> core)) {
            Set<Expr> rest = new HashSet<>(core);
            rest.removeAll(said);
            return new Answer.Unsatisfiable(rest);
        }
        return answer;
    }

    private Set<Expr> facts(Collection<Expr> conditions) {
        Set<Expr> all = new LinkedHashSet<>();
        for (Expr c : conditions) {
            for (Expr result : results.computeIfAbsent(c, PriorResults::results)) {
                facts.computeIfAbsent(result, this::fact).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Set<Expr> results(Expr condition) {
        Set<Expr> all = new LinkedHashSet<>();
        for (Expr u : Unknowns.of(List.of(condition))) {
            if (ResultValues.callee(u).isPresent()) {
                all.add(u);
            }
        }
        return all;
    }

    private Optional<Expr> fact(Expr result) {
        return ResultValues.callee(result)
                .flatMap(numbers)
                .filter(vs -> !vs.isEmpty())
                .map(vs -> ResultValues.oneOf(x, result, vs));
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
