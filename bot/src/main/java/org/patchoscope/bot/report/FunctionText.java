// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
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
        findings.forEach(new TextFinding(review, findings, page)::render);
        for (Unit unit : units) {
            for (Root root : unit.roots()) {
                for (String reason : root.reasons()) {
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

    private static String verdict(Unit unit) {
        StringBuilder text = new StringBuilder(unit.verdict().text());
        int pairs = unit.roots().stream().mapToInt(Root::pairs).sum();
        if (unit.verdict() == Verdict.EQUIVALENT) {
            text.append(pairs == 0 ? ": the same code" : " (" + Words.count(pairs, "pair") + " of paths)");
        }
        Leaning.bound(unit).ifPresent(b -> text.append(": ").append(b));
        for (Count count : unit.counts()) {
            text.append("; ").append(count.before()).append(" -> ").append(Words.count(count.after(), "instruction"));
        }
        return text.toString();
    }
}
