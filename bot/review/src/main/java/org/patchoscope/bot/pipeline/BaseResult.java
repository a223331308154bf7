// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.semantics.compare.match.SameCode;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.CommonLayout;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * The result of a patch in the base configuration, for a variation of it in which all that the patch reaches is the
 * same. When in doubt it is not.
 */
record BaseResult(Unit unit, Built before, Built after, Simulation simulation) {

    /** The result for both states of the variation, if it must be the same. */
    Optional<Unit> of(String configuration, Built otherBefore, Built otherAfter, Simulation other)
            throws ObjectException {
        return toldTheSame(otherBefore, otherAfter)
                        && sameSizes(otherBefore, otherAfter, other)
                        && sameCode(otherBefore, otherAfter, other)
                ? Optional.of(again(configuration))
                : Optional.empty();
    }

    /** The same, or that a patch is not compared in a variation that nobody asked for, because it moves members. */
    Optional<Unit> ofDerived(String configuration, Built otherBefore, Built otherAfter, Simulation other)
            throws ObjectException {
        Optional<Unit> same = of(configuration, otherBefore, otherAfter, other);
        if (same.isPresent()) {
            return same;
        }
        // Asked last: it reads the base's objects, and where members have moved the code is never the same.
        boolean differs = !otherBefore.keys().equals(otherAfter.keys());
        boolean compiled =
                otherBefore.failures().isEmpty() && otherAfter.failures().isEmpty();
        Set<String> moved = differs && compiled ? movedLayouts() : Set.of();
        return moved.isEmpty() ? Optional.empty() : Optional.of(here(configuration, moved));
    }

    /** What is told beside the comparison, or stands in its way. */
    private boolean toldTheSame(Built otherBefore, Built otherAfter) {
        boolean compared = !before.keys().equals(after.keys())
                && !otherBefore.keys().equals(otherAfter.keys())
                && Stream.of(before, after, otherBefore, otherAfter)
                        .allMatch(b -> b.failures().isEmpty());
        return compared
                && before.keys().keySet().equals(otherBefore.keys().keySet())
                && after.keys().keySet().equals(otherAfter.keys().keySet())
                && before.notes().equals(otherBefore.notes())
                && after.notes().equals(otherAfter.notes())
                && before.leftOut().equals(otherBefore.leftOut())
                && after.leftOut().equals(otherAfter.leftOut())
                && before.macros().equals(otherBefore.macros())
                && after.macros().equals(otherAfter.macros());
    }

    /** Of what differs or was compared: where a size is another the code is, and nothing need be decoded to see that. */
    private boolean sameSizes(Built otherBefore, Built otherAfter, Simulation other) throws ObjectException {
        List<String> functions = Stream.concat(
                        unit.changedFunctions().stream(), unit.roots().stream().map(Root::function))
                .toList();
        return sizes(functions, before, simulation).equals(sizes(functions, otherBefore, other))
                && sizes(functions, after, simulation).equals(sizes(functions, otherAfter, other));
    }

    private static List<Long> sizes(List<String> functions, Built built, Simulation simulation) throws ObjectException {
        List<Long> sizes = new ArrayList<>();
        for (BuiltObject o : built.objects()) {
            Map<String, ObjectFile.Function> all =
                    simulation.loaded().of(o).object().functions();
            functions.forEach(f -> sizes.add(all.get(f) instanceof ObjectFile.Function g ? g.size() : -1L));
        }
        return sizes;
    }

    private boolean sameCode(Built otherBefore, Built otherAfter, Simulation other) throws ObjectException {
        Exprs x = new Exprs();
        Side one = simulation.side(x, before, after);
        Side two = simulation.side(x, after, before);
        Set<String> asked = unit.roots().stream().map(Root::function).collect(Collectors.toSet());
        boolean told = unit.roots().stream().anyMatch(r -> !r.findings().isEmpty());
        return new SameCode(simulation.profile())
                .is(
                        one,
                        two,
                        other.side(x, otherBefore, otherAfter),
                        other.side(x, otherAfter, otherBefore),
                        asked,
                        told);
    }

    /** Structures that the patch lays out differently: these comparisons take minutes, and are made once. */
    private Set<String> movedLayouts() throws ObjectException {
        Exprs x = new Exprs();
        return new CommonLayout(
                        simulation.side(x, before, after).program().debug(),
                        simulation.side(x, after, before).program().debug())
                .changed();
    }

    private Unit here(String configuration, Set<String> moved) {
        String which = moved.contains("task_struct")
                ? "task_struct"
                : moved.stream().sorted().limit(1).collect(Collectors.joining());
        String why = "the layout of " + which + " changes: such patches are compared in configuration "
                + unit.configuration() + ", and in those that are asked for with --config-variant";
        return Unit.unmeasured(
                unit.arch(),
                configuration,
                Review.Verdict.NOT_ANALYSED,
                List.of(),
                List.of(),
                List.of(why),
                List.of(),
                List.of());
    }

    private Unit again(String configuration) {
        List<String> notes = new ArrayList<>(unit.notes());
        notes.add("what is compared has the same code as in configuration " + unit.configuration()
                + ", down to all that it calls, and has been compared there");
        return Unit.unmeasured(
                unit.arch(),
                configuration,
                unit.verdict(),
                unit.changedFunctions(),
                unit.roots(),
                unit.reasons(),
                unit.counts(),
                notes);
    }
}
