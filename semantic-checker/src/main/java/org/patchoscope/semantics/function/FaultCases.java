// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.machine.Faults;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Path;
import org.patchoscope.semantics.work.Limits;

/**
 * What two versions that are equal so far do with pointers that one of them tests: whether one accesses something behind such
 * a pointer where the other does not. The code compared is made for that: an optimiser moves accesses behind the test, and
 * one of another day does not.
 */
record FaultCases(Pairing pairing, int loops) {
    /** {@code found}, or that the versions differ in what faults. */
    FunctionDiff.Result after(FunctionDiff.Result found) {
        Optional<Pairing.Run> run = pairing.faults(Limits.REVIEW.withLoops(loops));
        if (run.isEmpty()) {
            return found;
        }
        RootVerdict v = run.get().verdict();
        return switch (v.verdict()) {
            case Verdict.Changed c -> {
                List<Finding> told =
                        c.findings().stream().filter(f -> faults(f.example())).toList();
                yield told.isEmpty()
                        ? found
                        : run.get()
                                .with(new RootVerdict(
                                        v.root(), new Verdict.Changed(told), v.pairs(), v.unfinished(), v.notes()));
            }
            case Verdict.NotAnalysed n ->
                run.get()
                        .with(new RootVerdict(
                                v.root(),
                                new Verdict.NotAnalysed(Set.of("whether an access through a NULL pointer faults in one"
                                        + " version alone: " + String.join("; ", n.reasons()))),
                                v.pairs(),
                                Set.of(),
                                v.notes()));
            case Verdict.Equivalent e -> found;
            case Verdict.EqualWithinBound b -> found;
            case Verdict.RaceWindow w -> found;
        };
    }

    /** Whether one version faults and the other does not. */
    private static boolean faults(Difference d) {
        return ends(d.before()) != ends(d.after());
    }

    private static boolean ends(Path p) {
        List<Event> events = p.events();
        return !events.isEmpty() && events.getLast().name().equals(Faults.EVENT);
    }
}
