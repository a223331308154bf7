// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.report.WholeSeries.Fate;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Verdict;

/**
 * A review as the text of a mail: at most 72 columns, the sentence that matters first, then a block per finding with the
 * lines of the patch it speaks of, then what was not analysed, then how to check. Signed, and without praise.
 */
public final class ReplyText {
    private static final int WIDTH = 72;
    /** Nobody reads more in a mail; the page has them all. */
    private static final int MOST_FINDINGS = 8;

    private final Review review;
    private final List<Numbered> findings;
    private final WholeSeries whole;
    private final Map<Integer, String> untold;
    private final Page page = new Page(false, WIDTH);

    private ReplyText(Review review, Map<Integer, String> untold) {
        this.review = review;
        this.untold = untold;
        findings = Numbered.of(review);
        whole = new WholeSeries(review);
    }

    /**
     * Renders a review.
     *
     * @param address of the review's page
     * @param untold numbers of findings that are not to be told again, each with the reason in words
     */
    public static String render(Review review, String address, Map<Integer, String> untold) {
        return new ReplyText(review, untold).render(address);
    }

    private String render(String address) {
        Headline headline = new Headline(review, findings);
        headline.claims().forEach(c -> page.text("", c));
        page.text("", headline.result());
        List<Numbered> told = findings.stream()
                .filter(f -> whole.fate(f) != Fate.UNDONE && !untold.containsKey(f.number()))
                .toList();
        TextFinding writer = new TextFinding(review, told, page, "the page below");
        // What is told in full comes first: the rest is more of the same.
        told.stream()
                .sorted(Comparator.comparing(writer::refers))
                .limit(MOST_FINDINGS)
                .forEach(f -> {
                    page.gap().text("", where(f));
                    writer.render(f);
                });
        if (told.size() > MOST_FINDINGS) {
            page.gap().text("", Words.count(told.size() - MOST_FINDINGS, "more finding") + " on the page below.");
        }
        leftOut();
        undone();
        notAnalysed();
        page.gap().text("", "How to check:");
        HowToCheck.of(review, told).forEach(l -> page.text("- ", l));
        page.gap().line(address);
        page.line("");
        return page + "-- \nPatchoscope simulates entry and exit code before and after each patch.\n";
    }

    private String where(Numbered finding) {
        if (finding.patch() == 0) {
            return "In the " + new Steps(review).together() + ":";
        }
        String title = review.patches().stream()
                .filter(p -> p.number() == finding.patch())
                .map(PatchReview::title)
                .findFirst()
                .orElse("");
        return "In patch " + finding.patch() + ", \"" + title + "\":";
    }

    /** The sentence at the top counts them, so it is said where they are. */
    private void leftOut() {
        findings.stream()
                .filter(f -> untold.containsKey(f.number()))
                .forEach(f -> page.gap()
                        .text("", "Not told again, [" + f.number() + "] on the page: " + untold.get(f.number()) + "."));
    }

    private void undone() {
        List<Integer> numbers = findings.stream()
                .filter(f -> whole.fate(f) == Fate.UNDONE)
                .map(Numbered::patch)
                .toList();
        if (!numbers.isEmpty()) {
            page.gap()
                    .text(
                            "",
                            "What " + Words.patches(numbers)
                                    + (numbers.stream().distinct().count() == 1 ? " changes" : " change")
                                    + " in between, a later patch undoes; that is on the page only.");
        }
    }

    private void notAnalysed() {
        List<Integer> open = new ArrayList<>();
        for (PatchReview patch : review.patches()) {
            if (patch.units().stream().anyMatch(u -> u.verdict() == Verdict.NOT_ANALYSED)) {
                open.add(patch.number());
            }
        }
        if (!open.isEmpty()) {
            page.gap().text("", "Not analysed, for reasons on the page: " + Words.patches(open) + ".");
        }
        List<Integer> within = review.patches().stream()
                .filter(p -> p.units().stream().anyMatch(u -> u.verdict() == Verdict.EQUAL_WITHIN_BOUND))
                .map(PatchReview::number)
                .toList();
        if (!within.isEmpty()) {
            page.gap()
                    .text(
                            "",
                            "Equal as far as loops were followed, and not known beyond: " + Words.patches(within)
                                    + ".");
        }
        notReviewed();
    }

    /** The first of them says why; the others come after it. */
    private void notReviewed() {
        List<PatchReview> left =
                review.patches().stream().filter(p -> !p.reviewed()).toList();
        if (!left.isEmpty()) {
            String why = String.join("; ", left.getFirst().units().getFirst().reasons());
            page.gap()
                    .text(
                            "",
                            "Not reviewed: "
                                    + Words.patches(left.stream()
                                            .map(PatchReview::number)
                                            .toList())
                                    + ", because "
                                    + Words.sentence(
                                            "of patch " + left.getFirst().number() + ": " + why));
        }
    }
}
