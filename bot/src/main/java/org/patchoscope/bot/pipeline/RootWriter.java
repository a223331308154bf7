// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.compare.RootVerdict;
import org.patchoscope.semantics.compare.Verdict;

/** Makes verdicts on functions parts of a review: in words, and in an order of their own. */
record RootWriter(FindingWriter writer, List<List<String>> hunks) {
    RootWriter {
        hunks = hunks.stream().map(List::copyOf).toList();
    }

    /** The verdict that a review of these has. */
    static Review.Verdict worst(List<Root> roots) {
        List<Review.Verdict> order = List.of(
                Review.Verdict.CHANGED,
                Review.Verdict.NOT_ANALYSED,
                Review.Verdict.RACE_WINDOW,
                Review.Verdict.EQUAL_WITHIN_BOUND);
        return order.stream()
                .filter(v -> roots.stream().anyMatch(r -> r.verdict() == v))
                .findFirst()
                .orElse(Review.Verdict.EQUIVALENT);
    }

    /** A function that does nothing else because nothing that it calls does, without a path of its own. */
    static Root settled(String function, OptionalInt bound, Collection<String> leansOn) {
        return bound.isPresent()
                ? Root.withinBound(function, 0, 0, bound.getAsInt(), sorted(leansOn))
                : new Root(function, Review.Verdict.EQUIVALENT, 0, List.of(), List.of(), sorted(leansOn));
    }

    Root root(RootVerdict r) {
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

    private Root told(RootVerdict r, Review.Verdict verdict, List<Finding> findings) {
        return new Root(
                r.root(),
                verdict,
                findings.stream().mapToInt(Finding::pairs).sum(),
                findings.stream()
                        .map(f -> writer.write(f, verdict, r.root(), hunks))
                        .toList(),
                Reasons.together(r.unfinished()),
                sorted(r.notes()));
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().distinct().toList();
    }
}
