// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** Reviews with nothing in them but what a test is about. */
final class SmallReview {
    private final List<PatchReview> patches = new ArrayList<>();

    /** A patch with a finding in {@code el0_svc()} for each summary. */
    SmallReview patch(int number, String... summaries) {
        return patch(number, Verdict.CHANGED, "el0_svc", summaries);
    }

    /** A patch that could not be analysed. */
    SmallReview notAnalysed(int number) {
        return patch(number, Verdict.NOT_ANALYSED, "el0_svc");
    }

    SmallReview patch(int number, Verdict verdict, String function, String... summaries) {
        List<FindingText> findings = new ArrayList<>();
        for (String s : summaries) {
            findings.add(new FindingText(
                    "id " + s,
                    Verdict.CHANGED,
                    s,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Review.Cause.UNKNOWN,
                    1,
                    0));
        }
        Root root = new Root(function, verdict, 1, findings, List.of(), List.of());
        Unit unit =
                Unit.unmeasured("arm64", "base", verdict, List.of(), List.of(root), List.of(), List.of(), List.of());
        patches.add(new PatchReview(number, "t", "i@x", List.of(), List.of(), List.of(), List.of(unit)));
        return this;
    }

    Review review() {
        return review("arm64");
    }

    Review review(String arch) {
        return new Review(
                "entry: Tidy up",
                1,
                "Jo Doe <jo@example.org>",
                "linux (abc)",
                "tool",
                List.of(arch),
                List.of(new Review.Configuration("base", List.of())),
                patches,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
