// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.explore;

import java.util.Optional;
import java.util.function.Predicate;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Merge;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.PathCondition;
import org.patchoscope.semantics.machine.PathTree;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.solver.Solver;

/** Follows every feasible path of a root, depth first. */
public final class Explorer {
    private static final int STEPS_BETWEEN_LOOKS_AT_THE_TIME = 256;

    private final Exprs x;
    private final Machine machine;
    private final Solver solver;
    private final Limits limits;
    private final long queriesBefore;
    private final Predicate<Expr> detail;
    private final Merge merge;
    private long steps;
    private int paths;

    /** {@code detail} says of a condition that nothing depends on which way it went, as far as a reader cares. */
    public Explorer(Exprs x, Machine machine, Solver solver, Limits limits, Predicate<Expr> detail) {
        this.detail = detail;
        this.merge = new Merge(machine, x, this::decide);
        this.x = x;
        this.machine = machine;
        this.solver = solver;
        this.limits = limits;
        this.queriesBefore = solver.queries();
    }

    /** All paths from {@code start} on. */
    public PathTree explore(State start) {
        State s = start;
        while (true) {
            String exceeded = exceeded();
            if (!exceeded.isEmpty()) {
                return leaf(s, new Outcome.NotAnalysed("more than " + exceeded, s.where()));
            }
            switch (machine.step(s)) {
                case Machine.Step.Continue c -> {}
                case Machine.Step.End e -> {
                    return leaf(s, s.outcome());
                }
                case Machine.Step.Fork f -> {
                    Optional<Boolean> decided = decide(s.condition(), f.condition());
                    if (decided.isEmpty()) {
                        Optional<State> merged = detail.test(f.condition()) ? merge.over(s, f) : Optional.empty();
                        if (merged.isPresent()) {
                            s = merged.get();
                            continue;
                        }
                        return split(s, f);
                    }
                    (decided.get() ? f.whenTrue() : f.whenFalse()).accept(s);
                    if (!(s.outcome() instanceof Outcome.Finished)) {
                        return leaf(s, s.outcome());
                    }
                }
            }
        }
    }

    private String exceeded() {
        if (paths > limits.paths()) {
            return limits.paths() + " paths";
        }
        if (steps % STEPS_BETWEEN_LOOKS_AT_THE_TIME == 0) {
            limits.time().check();
        }
        if (++steps + merge.steps() > limits.steps()) {
            return limits.steps() + " steps";
        }
        return solver.queries() - queriesBefore > limits.queries() ? limits.queries() + " solver queries" : "";
    }

    private PathTree split(State s, Machine.Step.Fork f) {
        State other = s.fork();
        s.condition().add(f.condition(), true);
        other.condition().add(f.condition(), false);
        return new PathTree.Decision(f.condition(), follow(s, f, true), follow(other, f, false));
    }

    private PathTree follow(State s, Machine.Step.Fork f, boolean way) {
        (way ? f.whenTrue() : f.whenFalse()).accept(s);
        return s.outcome() instanceof Outcome.Finished ? explore(s) : leaf(s, s.outcome());
    }

    private PathTree leaf(State s, Outcome outcome) {
        paths++;
        return new PathTree.Leaf(new Path(s.condition(), s.events(), outcome, s.counts(), s.notes()));
    }

    private Optional<Boolean> decide(PathCondition known, Expr condition) {
        if (condition instanceof Expr.Const c) {
            return Optional.of(c.value() == 1);
        }
        Optional<Boolean> looked = known.decide(condition);
        return looked.isPresent() ? looked : ask(known, condition);
    }

    private Optional<Boolean> ask(PathCondition known, Expr condition) {
        if (solver.check(known.exprs(), condition) instanceof Solver.Answer.Unsatisfiable) {
            return Optional.of(false);
        }
        if (solver.check(known.exprs(), x.not(condition)) instanceof Solver.Answer.Unsatisfiable) {
            return Optional.of(true);
        }
        return Optional.empty();
    }
}
