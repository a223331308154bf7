// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.util.List;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Assignment;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** A review in which every text that a stranger may have written tries to be something else. */
final class Hostile {
    static final String TITLE =
            "<script>alert(1)</script><img src=x onerror=x>\"'></title><style>*{display:none}</style>{p.title}\u202e\u2066\u200b\u0007";

    private Hostile() {}

    static Review review() {
        FindingText finding = new FindingText(
                "abc" + TITLE,
                Verdict.CHANGED,
                TITLE,
                List.of(List.of(TITLE, "audit " + TITLE)),
                List.of(new TraceLine(TITLE, TITLE, TITLE, true)),
                List.of(new TraceLine("f()" + TITLE, TITLE, TITLE, true)),
                List.of(new Assignment(TITLE, TITLE)),
                List.of(TITLE),
                Review.Cause.quoting(List.of("+" + TITLE, "-" + TITLE, " " + TITLE)),
                1,
                0);
        Unit unit = Unit.unmeasured(
                "arm64",
                "base",
                Verdict.CHANGED,
                List.of(TITLE),
                List.of(new Root(
                        "javascript:alert(1)//" + TITLE,
                        Verdict.CHANGED,
                        1,
                        List.of(finding),
                        List.of(TITLE),
                        List.of(TITLE))),
                List.of(TITLE),
                List.of(),
                List.of(TITLE));
        PatchReview patch = new PatchReview(
                1, TITLE, "\"><script>@example.org", List.of(TITLE), List.of(TITLE), List.of(), List.of(unit));
        PatchReview wide = new PatchReview(
                2,
                "x: Rename a_long_name_without_any_space_to_break_it_at()",
                "w@x",
                List.of(),
                List.of(),
                List.of(),
                List.of(bounded()));
        return new Review(
                TITLE,
                2,
                TITLE,
                TITLE,
                TITLE,
                List.of("arm64"),
                List.of(new Review.Configuration("base", List.of(TITLE))),
                List.of(patch, wide),
                List.of(),
                List.of(),
                List.of(TITLE),
                List.of());
    }

    /** A verdict that takes more than a line of a phone. */
    private static Unit bounded() {
        Root root = Root.withinBound("f", 1945, 252, 2, List.of());
        return Unit.unmeasured(
                "arm64", "base", Verdict.EQUAL_WITHIN_BOUND, List.of(), List.of(root), List.of(), List.of(), List.of());
    }
}
