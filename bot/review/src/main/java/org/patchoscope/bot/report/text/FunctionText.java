// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.List;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** Two versions of one function as plain text of at most 80 columns: a verdict a line, then findings and reasons. */
public final class FunctionText {
    private FunctionText() {}

    /** Renders what {@code patchoscope diff-function} found, one unit per architecture. */
    public static String render(Review review, boolean colour) {
        Page page = new Page(colour);
        page.text(Page.Tone.HEADING, "", review.title());
        page.gap();
        List<Unit> units = review.patches().getFirst().units();
        int width = units.stream().mapToInt(u -> u.arch().length()).max().orElse(0) + 2;
        for (Unit unit : units) {
            page.text(TextTable.pad(unit.arch(), width), verdict(unit));
        }
        List<Numbered> findings = Numbered.of(review);
        findings.forEach(new TextFinding(review, page, false)::render);
        for (Unit unit : units) {
            for (Root root : unit.roots()) {
                for (String reason : isEqual(root.verdict()) ? List.<String>of() : root.reasons()) {
                    page.gap().text("", Words.sentence("Not analysed on " + unit.arch() + ": " + reason));
                }
            }
        }
        List<Premise> used = Leaning.used(review);
        page.heading(used.isEmpty() ? "Not looked at" : "Leans on");
        for (Premise premise : used) {
            page.text("- ", Words.sentence(premise.text()) + " (" + premise.source() + ")");
        }
        review.limits().forEach(l -> page.text("- ", Words.sentence(used.isEmpty() ? l : "Not looked at: " + l)));
        return page.toString();
    }

    /** Whether reasons say what equality does not hold for. */
    private static boolean isEqual(Verdict verdict) {
        return verdict == Verdict.EQUIVALENT_UNLESS || verdict == Verdict.EQUAL_WITHIN_BOUND;
    }

    private static String verdict(Unit unit) {
        boolean unless = unit.verdict() == Verdict.EQUIVALENT_UNLESS;
        StringBuilder text =
                new StringBuilder(unless ? "equivalent" : unit.verdict().text());
        if (isEqual(unit.verdict())) {
            unit.roots().stream()
                    .flatMap(r -> r.reasons().stream())
                    .forEach(o -> text.append(" unless ").append(o));
        }
        int pairs = unit.roots().stream().mapToInt(Root::pairs).sum();
        if (unit.verdict() == Verdict.EQUIVALENT) {
            text.append(pairs == 0 ? ": the same code" : " (" + Words.count(pairs, "pair") + " of paths)");
        }
        text.append(Leaning.premises(unit));
        Leaning.bound(unit).ifPresent(b -> text.append(": ").append(b));
        for (Count count : unit.counts()) {
            text.append("; ").append(count.before()).append(" -> ").append(Words.count(count.after(), "instruction"));
        }
        return text.toString();
    }
}
