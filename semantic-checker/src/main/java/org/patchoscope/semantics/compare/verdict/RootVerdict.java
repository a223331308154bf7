// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.semantics.trace.Premise;

/**
 * The verdict on a root.
 *
 * @param pairs pairs of paths compared
 * @param unfinished what could not be analysed beside the findings
 * @param notes what the paths rest on
 */
public record RootVerdict(String root, Verdict verdict, int pairs, Set<String> unfinished, Set<Premise> notes) {
    private static final String UNKNOWN_RESULT = " returns is not known";

    public RootVerdict {
        unfinished = Set.copyOf(unfinished);
        notes = Set.copyOf(notes);
    }

    /** Whether a bound was hit, so that something was not followed. */
    public boolean exceeded() {
        Set<String> reasons = verdict instanceof Verdict.NotAnalysed n ? n.reasons() : unfinished;
        return reasons.stream().anyMatch(r -> r.startsWith("more than") || r.endsWith(UNKNOWN_RESULT));
    }

    /** Whether it is not known of all of it whether it differs. */
    public boolean undecided() {
        return exceeded() || verdict instanceof Verdict.NotAnalysed;
    }

    /** What differs; none where nothing does, or nothing is known. */
    public List<Finding> findings() {
        return switch (verdict) {
            case Verdict.Changed c -> c.findings();
            case Verdict.RaceWindow w -> w.findings();
            case Verdict.Equivalent e -> List.of();
            case Verdict.EqualWithinBound b -> List.of();
            case Verdict.NotAnalysed n -> List.of();
        };
    }

    /** Whether nothing differs as far as was looked: for all inputs, or up to a bound. */
    public boolean equal() {
        return verdict instanceof Verdict.Equivalent || verdict instanceof Verdict.EqualWithinBound;
    }

    /** The same verdict of a function that calls one which is equal up to a bound only: at most that. */
    public RootVerdict within(int loops) {
        Verdict v = switch (verdict) {
            case Verdict.Equivalent e -> new Verdict.EqualWithinBound(e.pairs(), 0, loops);
            case Verdict.EqualWithinBound b ->
                new Verdict.EqualWithinBound(b.pairs(), b.bounded(), Math.min(b.loops(), loops));
            case Verdict.Changed c -> c;
            case Verdict.RaceWindow r -> r;
            case Verdict.NotAnalysed n -> n;
        };
        return new RootVerdict(root, v, pairs, unfinished, notes);
    }

    /** The same where it has been seen that a premise is not needed. */
    public RootVerdict without(Premise premise) {
        Set<Premise> fewer = new HashSet<>(notes);
        fewer.remove(premise);
        return new RootVerdict(root, verdict, pairs, unfinished, fewer);
    }

    RootVerdict with(String problem) {
        Set<String> more = new TreeSet<>(unfinished);
        more.add(problem);
        return new RootVerdict(root, verdict, pairs, more, notes);
    }

    /** The verdict on a function of which nothing can be said, and why. */
    public static RootVerdict notAnalysed(String function, String why) {
        return new RootVerdict(function, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of());
    }

    /** The verdict on a function that calls one whose result cannot be related to what it was. */
    public static RootVerdict resultUnknown(String function, String callee) {
        return notAnalysed(function, "what " + callee + "(), which it calls," + UNKNOWN_RESULT);
    }
}
