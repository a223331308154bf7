// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.compare.match.AddressNormalizer;
import org.patchoscope.semantics.compare.product.Trail;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.Path;
import org.patchoscope.semantics.trace.PathCondition;
import org.patchoscope.semantics.trace.PlaceOfEvent;

/**
 * Executes a function on concrete values: every branch goes the way the values say, no solver takes part. A finding is only told if both versions, executed on its witness, do what
 * it says.
 */
public final class Replay {
    private static final int MOST_STEPS = 200_000;

    private final Machine machine;
    private final Valuation values;
    private final UnaryOperator<Expr> result;
    private final AddressNormalizer view;

    /**
     * A run of one version.
     *
     * @param result makes what the function returns comparable with the other version's
     * @param view makes addresses of members comparable
     */
    public Replay(Machine machine, Valuation values, UnaryOperator<Expr> result, AddressNormalizer view) {
        this.view = view;
        this.result = result;
        this.machine = machine;
        this.values = values;
    }

    /**
     * One execution.
     *
     * @param path what happened, and under which conditions any input takes the same way
     * @param trace the events with numbers; empty if the run could not be followed
     * @param executed the code that it went through
     */
    public record Run(Path path, List<String> trace, Executed executed) {
        public Run {
            trace = List.copyOf(trace);
        }
    }

    /** Executes from {@code start} on, where other paths would be met at {@code meetings}. */
    public Run run(State start, List<Trail.Meeting> meetings) {
        State s = start;
        PathCondition condition = new PathCondition(machine.exprs());
        Iterator<Trail.Meeting> rest = meetings.iterator();
        Trail.Meeting next = rest.hasNext() ? rest.next() : null;
        boolean over = false;
        Executed executed = new Executed(machine.program().debug());
        for (int i = 0; i < MOST_STEPS && !over; i++) {
            while (next != null
                    && s.sinceJoin() == next.instructions()
                    && machine.place(s).equals(next.place())) {
                s.joined(next.numbers());
                next = rest.hasNext() ? rest.next() : null;
            }
            executed.instruction(s.pc());
            PlaceOfEvent place = machine.place(s);
            int known = s.events().size();
            switch (machine.step(s)) {
                case Machine.Step.Continue c -> {}
                case Machine.Step.End e -> over = true;
                case Machine.Step.Fork f -> {
                    Expr seen = view.of(f.condition());
                    boolean way = values.of(seen) == 1;
                    condition.add(seen, way);
                    (way ? f.whenTrue() : f.whenFalse()).accept(s);
                }
            }
            for (int e = known; e < s.events().size(); e++) {
                executed.event(place);
            }
            over |= !(s.outcome() instanceof Outcome.Finished);
        }
        List<Event> events = s.events().stream().map(view::of).toList();
        boolean lost = !over || s.outcome() instanceof Outcome.NotAnalysed;
        return new Run(
                new Path(condition, events, s.outcome(), s.counts(), s.notes()),
                lost ? List.of() : trace(events),
                executed);
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
            e.context()
                    .forEach((part, value) ->
                            line.append(' ').append(part).append('=').append(Long.toHexString(values.of(value))));
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
