// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.bot.review.VersionComparison.Carried;
import org.patchoscope.bot.review.VersionComparison.Fate;

/** Two series against each other as plain text: what became of findings, then what their ends do differently. */
public final class ComparisonText {
    private final VersionComparison comparison;
    private final Page page;

    private ComparisonText(VersionComparison comparison, boolean colour) {
        this.comparison = comparison;
        this.page = new Page(colour);
    }

    /** Renders what {@code patchoscope compare} found. */
    public static String render(VersionComparison comparison, boolean colour) {
        return new ComparisonText(comparison, colour).render();
    }

    private String render() {
        Review step = comparison.difference();
        page.text(Page.Tone.HEADING, "", step.title());
        page.text(Page.Tone.QUIET, "", "on " + step.base());
        page.heading("Findings");
        for (Fate fate : Fate.values()) {
            fate(fate);
        }
        if (comparison.carried().isEmpty()) {
            page.text("", "Neither series has any.");
        }
        end(step);
        limits();
        return page.toString();
    }

    private void fate(Fate fate) {
        List<Carried> these =
                comparison.carried().stream().filter(c -> c.fate() == fate).toList();
        if (these.isEmpty()) {
            return;
        }
        page.gap().text("", words(fate) + " (" + these.size() + ")");
        for (Carried c : these) {
            String race = c.kind() == Verdict.RACE_WINDOW ? " (race window)" : "";
            page.text("- ", c.arch() + ": " + c.summary() + race);
            page.text(Page.Tone.QUIET, "  ", where(c) + "; id " + c.id());
            if (!c.because().isEmpty()) {
                page.text("  ", Words.sentence(c.because()));
            }
        }
    }

    private static String words(Fate fate) {
        return switch (fate) {
            case NEW -> "New";
            case STILL_THERE -> "Still there";
            case FIXED -> "Fixed: no longer there";
            case UNDECIDED -> "Not found again, and not known to be fixed";
        };
    }

    private static String where(Carried c) {
        List<String> both = new ArrayList<>();
        if (!c.olderPatches().isEmpty()) {
            both.add("older: " + patches(c.olderPatches()));
        }
        if (!c.newerPatches().isEmpty()) {
            both.add("newer: " + patches(c.newerPatches()));
        }
        return String.join("; ", both);
    }

    private static String patches(List<Integer> numbers) {
        List<Integer> single = numbers.stream().filter(n -> n != 0).toList();
        String whole = "base against last patch";
        return single.isEmpty() ? whole : Words.patches(single) + (single.size() < numbers.size() ? ", " + whole : "");
    }

    private void end(Review step) {
        PatchReview patch = step.patches().getFirst();
        page.heading("Last patch of the older against last patch of the newer");
        for (Unit unit : patch.units()) {
            String bound = Leaning.premises(unit)
                    + Leaning.bound(unit).map(b -> ": " + b).orElse("");
            page.text(
                    "",
                    unit.arch() + ", " + unit.configuration() + ": "
                            + unit.verdict().text() + bound);
        }
        List<Numbered> findings = Numbered.of(step);
        findings.forEach(new TextFinding(step, page, false)::render);
        TextReport.results(patch, page);
        TextCounts.render(patch, page, true);
        TextTracing.render(patch, page);
    }

    private void limits() {
        List<String> all = new ArrayList<>();
        comparison.older().limits().forEach(l -> add(all, l));
        comparison.newer().limits().forEach(l -> add(all, l));
        if (!all.isEmpty()) {
            page.heading("Not looked at");
            all.forEach(l -> page.text("- ", l));
        }
    }

    private static void add(List<String> all, String limit) {
        if (!all.contains(limit)) {
            all.add(limit);
        }
    }
}
