// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.trace.Premise;
import org.patchoscope.semantics.work.Unexpected;

/** Makes verdicts on functions parts of a review: in words, and in an order of their own. */
public record RootWriter(FindingWriter writer, List<PatchHunk> hunks) {
    public RootWriter {
        hunks = List.copyOf(hunks);
    }

    /** The verdict that a review of these has. */
    public static Review.Verdict worst(List<Root> roots) {
        List<Review.Verdict> order = List.of(
                Review.Verdict.CHANGED,
                Review.Verdict.NOT_ANALYSED,
                Review.Verdict.RACE_WINDOW,
                Review.Verdict.EQUAL_WITHIN_BOUND,
                Review.Verdict.EQUIVALENT_UNLESS);
        return order.stream()
                .filter(v -> roots.stream().anyMatch(r -> r.verdict() == v))
                .findFirst()
                .orElse(Review.Verdict.EQUIVALENT);
    }

    public Root root(RootVerdict r) {
        return switch (r.verdict()) {
            case Verdict.Equivalent e ->
                new Root(r.root(), Review.Verdict.EQUIVALENT, e.pairs(), List.of(), List.of(), sorted(r.notes()));
            case Verdict.EqualWithinBound b ->
                Root.withinBound(r.root(), b.pairs(), b.bounded(), b.loops(), sorted(r.notes()));
            case Verdict.NotAnalysed n ->
                new Root(
                        r.root(),
                        Review.Verdict.NOT_ANALYSED,
                        0,
                        List.of(),
                        Reasons.together(n.reasons()),
                        sorted(r.notes()));
            case Verdict.Changed c -> told(r, Review.Verdict.CHANGED, c.findings());
            case Verdict.RaceWindow c -> told(r, Review.Verdict.RACE_WINDOW, c.findings());
        };
    }

    /** A function that is equivalent, or equal within the bound, unless objects overlap, and what happens where they do. */
    public Root unless(RootVerdict r, String overlap, List<Finding> shown) {
        Root otherwise = root(r);
        boolean proven = otherwise.verdict() == Review.Verdict.EQUIVALENT;
        return new Root(
                r.root(),
                proven ? Review.Verdict.EQUIVALENT_UNLESS : otherwise.verdict(),
                otherwise.pairs(),
                otherwise.bounded(),
                otherwise.loops(),
                shown.stream()
                        .map(f -> writer.write(f, Review.Verdict.CHANGED, r.root(), hunks))
                        .toList(),
                List.of(overlap),
                otherwise.leansOn(),
                List.of());
    }

    private Root told(RootVerdict r, Review.Verdict verdict, List<Finding> findings) {
        Set<String> unfinished = new LinkedHashSet<>(r.unfinished());
        List<FindingText> told = new ArrayList<>();
        for (Finding f : findings) {
            told.add(Unexpected.guarded(() -> writer.write(f, verdict, r.root(), hunks), why -> {
                unfinished.add("a finding could not be written: " + why);
                return writer.unwritten(f, verdict, r.root());
            }));
        }
        return new Root(
                r.root(),
                verdict,
                findings.stream().mapToInt(Finding::pairs).sum(),
                told,
                Reasons.together(unfinished),
                sorted(r.notes()));
    }

    private static List<String> sorted(Collection<Premise> premises) {
        return premises.stream().map(Premise::name).sorted().distinct().toList();
    }
}
