// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.trace.Premise;

/**
 * What a comparison says of a fault.
 *
 * @param verdict the worst of its roots', in the order of a review
 * @param why of what is not analysed
 */
record Judgement(Kind verdict, String why) {
    /** Verdicts, the worst first. */
    enum Kind {
        CHANGED,
        NOT_ANALYSED,
        /** It was not done within the time that it had. */
        TIME,
        RACE_WINDOW,
        EQUAL_WITHIN_BOUND,
        EQUIVALENT,
        /** The code was taken to be the same, without a comparison. */
        SAME_CODE;

        boolean equal() {
            return this == EQUAL_WITHIN_BOUND || this == EQUIVALENT || this == SAME_CODE;
        }
    }

    /** The reason that a comparison gives which had no time left. */
    static final String TIME = "the time for one fault is over";

    static Judgement of(ProgramComparison.Result result) {
        return result.changed().isEmpty() ? new Judgement(Kind.SAME_CODE, "") : of(result.roots());
    }

    static Judgement of(List<RootVerdict> roots) {
        Kind worst =
                roots.stream().map(r -> kind(r.verdict())).min(Enum::compareTo).orElse(Kind.EQUIVALENT);
        return new Judgement(worst, why(roots, worst));
    }

    private static Kind kind(Verdict v) {
        return switch (v) {
            case Verdict.Changed c -> Kind.CHANGED;
            case Verdict.NotAnalysed n -> n.reasons().contains(TIME) ? Kind.TIME : Kind.NOT_ANALYSED;
            case Verdict.RaceWindow r -> Kind.RACE_WINDOW;
            case Verdict.EqualWithinBound b -> Kind.EQUAL_WITHIN_BOUND;
            case Verdict.Equivalent e -> Kind.EQUIVALENT;
        };
    }

    private static String why(List<RootVerdict> roots, Kind worst) {
        Map<String, List<String>> by = roots.stream()
                .filter(r -> kind(r.verdict()) == worst)
                .collect(Collectors.groupingBy(
                        Judgement::detail,
                        java.util.TreeMap::new,
                        Collectors.mapping(RootVerdict::root, Collectors.toList())));
        return by.entrySet().stream()
                .map(e -> String.join(",", e.getValue()) + ": " + e.getKey())
                .limit(3)
                .collect(Collectors.joining(" | "));
    }

    private static String detail(RootVerdict r) {
        return switch (r.verdict()) {
            case Verdict.Changed c ->
                c.findings().getFirst().example().kind() + " "
                        + c.findings().getFirst().example().detail();
            case Verdict.NotAnalysed n -> String.join("; ", new java.util.TreeSet<>(n.reasons()));
            case Verdict.RaceWindow w -> "race";
            case Verdict.EqualWithinBound b -> "bound " + b.loops();
            case Verdict.Equivalent e ->
                r.notes().stream().map(Premise::name).sorted().collect(Collectors.joining(" "));
        };
    }
}
