// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Two ways of a branch that nobody outside could tell apart become one state again where they join:
 * registers and memory then hold "this if the condition, that if not". Without it, every counter that
 * is kept on the way would double the paths.
 */
public final class Merge {
    private static final int LONGEST = 400;

    private final Machine machine;
    private final Exprs x;
    private final BiFunction<PathCondition, Expr, Optional<Boolean>> decide;
    private long steps;

    /** {@code decide} says whether a condition is settled by a path's. */
    public Merge(Machine machine, Exprs exprs, BiFunction<PathCondition, Expr, Optional<Boolean>> decide) {
        this.machine = machine;
        this.x = exprs;
        this.decide = decide;
    }

    /** Instructions executed in trying. */
    public long steps() {
        return steps;
    }

    /** The state after both ways of {@code fork} from {@code s}, if they join without a trace; {@code s} is kept. */
    public Optional<State> over(State s, Machine.Step.Fork fork) {
        Optional<Location> join = machine.join(s);
        if (join.isEmpty()) {
            return Optional.empty();
        }
        State a = s.fork();
        a.condition.add(fork.condition(), true);
        fork.whenTrue().accept(a);
        Optional<State> one = run(a, s, join.get());
        if (one.isEmpty()) {
            return Optional.empty();
        }
        State b = s.fork();
        b.condition.add(fork.condition(), false);
        fork.whenFalse().accept(b);
        return run(b, s, join.get()).flatMap(two -> join(s, fork.condition(), one.get(), two));
    }

    private Optional<State> run(State start, State origin, Location join) {
        State s = start;
        for (int i = 0; i < LONGEST; i++) {
            if (!(s.outcome instanceof Outcome.Finished) || leftATrace(s, origin)) {
                return Optional.empty();
            }
            if (s.pc.equals(join) && s.calls.size() == origin.calls.size()) {
                return Optional.of(s);
            }
            steps++;
            switch (machine.step(s)) {
                case Machine.Step.Continue c -> {}
                case Machine.Step.End e -> {
                    return Optional.empty();
                }
                case Machine.Step.Fork f -> {
                    Optional<Boolean> way = decide.apply(s.condition, f.condition());
                    if (way.isPresent()) {
                        (way.get() ? f.whenTrue() : f.whenFalse()).accept(s);
                    } else {
                        Optional<State> inner = over(s, f);
                        if (inner.isEmpty()) {
                            return Optional.empty();
                        }
                        s = inner.get();
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean leftATrace(State s, State origin) {
        return s.events.size() != origin.events.size()
                || s.havocs.size() != origin.havocs.size()
                || s.escaped.size() != origin.escaped.size()
                || s.calls.size() < origin.calls.size()
                || !s.occurrences.equals(origin.occurrences);
    }

    private Optional<State> join(State before, Expr condition, State a, State b) {
        if (!a.calls.equals(b.calls)
                || a.replacement != null
                || b.replacement != null
                || a.taken != null
                || b.taken != null) {
            return Optional.empty();
        }
        State s = a.fork();
        s.condition.become(before.condition);
        s.registers.clear();
        for (Map.Entry<String, Expr> r : a.registers.entrySet()) {
            Expr two = b.registers.get(r.getKey());
            if (two != null && r.getValue().width() == two.width()) {
                s.registers.put(r.getKey(), x.ite(condition, r.getValue(), two));
            }
        }
        s.memory = a.memory.joined(condition, b.memory, machine.origin(before));
        b.visits.forEach((v, n) -> s.visits.merge(v, n, State.Turns::most));
        s.decided.retainAll(b.decided);
        b.counts.forEach((k, n) -> s.counts.merge(k, n, Math::max));
        s.instructions = Math.max(a.instructions, b.instructions);
        s.activations = Math.max(a.activations, b.activations);
        s.notes.addAll(b.notes);
        return Optional.of(s);
    }
}
