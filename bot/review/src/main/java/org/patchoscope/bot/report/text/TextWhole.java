// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.Steps;
import org.patchoscope.bot.report.WholeSeries;
import org.patchoscope.bot.report.WholeSeries.Fate;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;

/** The section on base against last patch. */
public final class TextWhole {
    private final Review review;
    private final List<Numbered> findings;
    private final Page page;
    private final boolean verbose;

    TextWhole(Review review, List<Numbered> findings, Page page, boolean verbose) {
        this.verbose = verbose;
        this.review = review;
        this.findings = findings;
        this.page = page;
    }

    void render() {
        WholeSeries whole = new WholeSeries(review);
        if (!whole.done()) {
            return;
        }
        page.heading(Words.capital(new Steps(review).together()));
        fates(review, findings).forEach(l -> page.text("", l));
        TextFinding writer = new TextFinding(review, page, verbose);
        findings.stream().filter(f -> f.patch() == 0).forEach(writer::render);
        for (PatchReview patch : review.whole()) {
            TextReport.results(patch, page);
            TextCounts.render(patch, page, verbose);
        }
    }

    /** One sentence per fate. */
    public static List<String> fates(Review review, List<Numbered> findings) {
        WholeSeries whole = new WholeSeries(review);
        String end = new Steps(review).end();
        Map<Fate, List<Integer>> byFate = new EnumMap<>(Fate.class);
        findings.stream()
                .filter(f -> f.patch() != 0)
                .forEach(f -> byFate.computeIfAbsent(whole.fate(f), _ -> new ArrayList<>())
                        .add(f.number()));
        List<String> out = new ArrayList<>();
        byFate.forEach(
                (fate, numbers) -> out.add("[" + Words.ranges(numbers) + "] " + words(fate, end, numbers.size() == 1)));
        if (out.isEmpty()) {
            out.add("No finding of a single patch to set against it.");
        }
        return out;
    }

    private static String words(Fate fate, String end, boolean one) {
        return switch (fate) {
            case STANDS -> (one ? "still holds at " : "still hold at ") + end + ".";
            case UNDONE ->
                (one ? "is" : "are") + " no longer there at " + end + ": a later patch undoes "
                        + (one ? "it." : "them.");
            case OTHERWISE ->
                (one ? "is" : "are") + " not found in the same words at " + end
                        + ", which differs from the base in other ways.";
            case UNKNOWN -> "could not be followed to " + end + ".";
        };
    }
}
