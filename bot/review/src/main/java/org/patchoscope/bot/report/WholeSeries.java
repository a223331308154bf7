// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** What base against last patch says of the findings of single patches. */
public final class WholeSeries {
    /** What became of a finding of one patch by the end of the series. */
    public enum Fate {
        /** It is there between base and last patch, too. */
        STANDS,
        /** Base and last patch are proven not to differ in this way: a later patch undoes it. */
        UNDONE,
        /** They differ, but not in these words. */
        OTHERWISE,
        /** Base against last patch was not done, or not analysed where it would show. */
        UNKNOWN
    }

    private final List<PatchReview> whole;
    private final List<Numbered> found;

    public WholeSeries(Review review) {
        whole = review.whole();
        found = whole.stream().flatMap(w -> Numbered.merge(w, 1).stream()).toList();
    }

    public boolean done() {
        return !whole.isEmpty();
    }

    public Fate fate(Numbered finding) {
        if (found.stream().anyMatch(finding::same)) {
            return Fate.STANDS;
        }
        Set<String> where =
                finding.all().stream().flatMap(f -> f.configurations().stream()).collect(Collectors.toSet());
        List<Unit> units = whole.stream()
                .flatMap(w -> w.units().stream())
                .filter(u -> u.arch().equals(finding.arch()))
                .filter(u -> where.contains(u.configuration()))
                .toList();
        List<String> seen = units.stream().map(Unit::configuration).toList();
        if (!seen.containsAll(where) || units.stream().anyMatch(WholeSeries::unsure)) {
            return Fate.UNKNOWN;
        }
        return units.stream().allMatch(u -> free(u.verdict(), finding.finding().kind())) ? Fate.UNDONE : Fate.OTHERWISE;
    }

    private static boolean unsure(Unit unit) {
        return unsure(unit.verdict()) || unit.roots().stream().anyMatch(r -> unsure(r.verdict()));
    }

    private static boolean unsure(Verdict verdict) {
        return verdict.open() || verdict == Verdict.NOT_BUILT;
    }

    /** A race-window verdict is a proof that the sequential reading did not change. */
    private static boolean free(Verdict verdict, Verdict kind) {
        return verdict == Verdict.EQUIVALENT || (verdict == Verdict.RACE_WINDOW && kind == Verdict.CHANGED);
    }
}
