// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.solver.Valuation;

/**
 * Executes a function on concrete values: every branch goes the way the values say, no solver and no
 * path condition takes part. A finding is only told if both versions, executed on its witness, do what
 * it says.
 */
final class Replay {
    private static final int MOST_STEPS = 200_000;

    private final Machine machine;
    private final Valuation values;
    private final UnaryOperator<Expr> result;
    private final CommonView view;

    /**
     * A run of one version.
     *
     * @param result makes what the function returns comparable with the other version's
     * @param view makes addresses of members comparable
     */
    Replay(Machine machine, Valuation values, UnaryOperator<Expr> result, CommonView view) {
        this.view = view;
        this.result = result;
        this.machine = machine;
        this.values = values;
    }

    /** The events from {@code start} on, as text with concrete values; empty if the run could not be followed. */
    List<String> run(State start) {
        State s = start;
        for (int i = 0; i < MOST_STEPS; i++) {
            switch (machine.step(s)) {
                case Machine.Step.Continue c -> {}
                case Machine.Step.End e -> {
                    return told(s);
                }
                case Machine.Step.Fork f ->
                    (values.of(view.of(f.condition())) == 1 ? f.whenTrue() : f.whenFalse()).accept(s);
            }
            if (!(s.outcome() instanceof Outcome.Finished)) {
                return told(s);
            }
        }
        return List.of();
    }

    /** Whether a run of this version is what a path says; where a bound cut the path, the run may go further. */
    boolean shows(Path path, List<String> run) {
        List<String> told = trace(path.events());
        boolean cut = path.outcome() instanceof Outcome.BoundReached && run.size() > told.size();
        return told.equals(cut ? run.subList(0, told.size()) : run);
    }

    /** What happened up to the end, or to where the bound of loops cuts a path. */
    private List<String> told(State s) {
        return s.outcome() instanceof Outcome.NotAnalysed
                ? List.of()
                : trace(s.events().stream().map(view::of).toList());
    }

    /** Events with their arguments and memory as numbers. */
    List<String> trace(List<Event> events) {
        List<String> lines = new ArrayList<>();
        for (Event e : events) {
            StringBuilder line = new StringBuilder(e.kind() + " " + e.name() + "(");
            boolean end = e.kind() == Event.Kind.RETURN;
            e.arguments()
                    .forEach(a -> line.append(Long.toHexString(values.of(end ? result.apply(a) : a)))
                            .append(' '));
            line.append(')').append(e.interrupts()).append(' ').append(Long.toHexString(values.of(e.stack())));
            List<String> cells = new ArrayList<>();
            e.memory().forEach((c, w) -> {
                if (values.of(w.value()) != values.of(w.original())) {
                    cells.add(" [" + c.base().id() + "+" + c.offset() + "]=" + Long.toHexString(values.of(w.value())));
                }
            });
            cells.stream().sorted().forEach(line::append);
            lines.add(line.toString());
        }
        return List.copyOf(lines);
    }
}
