// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.patchoscope.bot.report.ConditionLines;
import org.patchoscope.bot.report.FirstScreen;
import org.patchoscope.bot.report.FirstScreen.Consequence;
import org.patchoscope.bot.report.Headline;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.TraceDiff;
import org.patchoscope.bot.report.TraceDiff.Row;
import org.patchoscope.bot.report.WholeSeries;
import org.patchoscope.bot.report.WholeSeries.Fate;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Verdict;

/**
 * A review as the text of a mail: at most 40 lines of 72 columns. The first sentence is what follows for who uses the kernel, then
 * where from, when, what happens before and after, what else, what is left open, how to repeat it, where all of it is, and how to
 * make it stop. Signed, and without praise.
 */
public final class ReplyText {
    private static final int WIDTH = 72;
    private static final int MOST_LINES = 40;
    private static final int SIGNATURE = 2;
    private static final int MOST_CONDITIONS = 6;
    private static final int MOST_EVENTS = 3;
    private static final int MOST_OTHERS = 4;
    private static final int LONGEST_LINE_OF_TEXT = 300;

    private final Review review;
    private final List<Numbered> findings;
    private final List<Numbered> told;
    private final WholeSeries whole;
    private final Map<Integer, String> untold;

    private ReplyText(Review review, Map<Integer, String> untold) {
        this.review = review;
        this.untold = untold;
        findings = Numbered.of(review);
        whole = new WholeSeries(review);
        told = findings.stream()
                .filter(f -> whole.fate(f) != Fate.UNDONE && !untold.containsKey(f.number()))
                .toList();
    }

    /**
     * Renders a review.
     *
     * @param address of the review's page
     * @param untold numbers of findings that are not to be reported again, each with the reason in words
     */
    public static String render(Review review, String address, Map<Integer, String> untold) {
        return new ReplyText(review, untold).render(address);
    }

    /** The patch that is answered, where the mail is about one alone. */
    public static OptionalInt concerned(Review review, Map<Integer, String> untold) {
        List<Integer> patches = new ReplyText(review, untold)
                .told.stream().map(Numbered::patch).distinct().toList();
        return patches.size() == 1 && patches.getFirst() > 0 ? OptionalInt.of(patches.getFirst()) : OptionalInt.empty();
    }

    private String render(String address) {
        List<String> body = new ArrayList<>(lines(this::main));
        List<String> end = lines(p -> end(p, address));
        int room = MOST_LINES - end.size() - SIGNATURE;
        if (body.size() > room) {
            body = new ArrayList<>(body.subList(0, room - 1));
            body.add("(cut here; the rest is on the page)");
        }
        body.addAll(end);
        body.add("-- ");
        body.add("Patchoscope simulates entry and exit code before and after each patch.");
        return String.join("\n", body) + "\n";
    }

    private static List<String> lines(java.util.function.Consumer<Page> write) {
        Page page = new Page(false, WIDTH);
        write.accept(page);
        return page.toString().lines().toList();
    }

    private void main(Page page) {
        List<Consequence> all = FirstScreen.ranked(review, told);
        if (all.isEmpty()) {
            page.text("", new Headline(review, findings).result());
        } else {
            first(page, all.getFirst());
            others(page, all.subList(1, all.size()));
        }
        leftOut(page);
        open(page);
    }

    private void first(Page page, Consequence c) {
        Numbered f = told.stream()
                .filter(n -> n.number() == c.findings().getFirst())
                .findFirst()
                .orElseThrow();
        page.text("", sentence(c) + ": " + c.where() + ".");
        promise(f.patch()).ifPresent(q -> page.text("", "Its changelog says: \"" + q + "\""));
        String place = f.finding().cause().place();
        page.gap()
                .text("Cause:  ", (place.isEmpty() ? "" : place + ", ") + Words.some(f.functions()) + title(f.patch()));
        conditions(page, f.finding().conditions());
        List<Row> rows = TraceDiff.of(f.finding().before(), f.finding().after()).rows();
        page.gap();
        events(
                page,
                "Before: ",
                rows.stream().filter(r -> r.side() == TraceDiff.Side.BEFORE).toList());
        events(
                page,
                "After:  ",
                rows.stream().filter(r -> r.side() == TraceDiff.Side.AFTER).toList());
        if (!f.also().isEmpty()) {
            page.text("", Words.count(f.also().size(), "more difference") + " from this change on the page.");
        }
    }

    /** What needs another CPU to be seen is not said without it. */
    private static String sentence(Consequence c) {
        return c.sentence() + (c.kind().equals("changed") ? "" : ", if another CPU writes meanwhile");
    }

    private String title(int patch) {
        return review.patches().stream()
                .filter(p -> p.number() == patch)
                .map(p -> ", by patch " + patch + ", \"" + Words.clean(p.title()) + "\"")
                .findFirst()
                .orElse(", by several patches together");
    }

    private java.util.Optional<String> promise(int patch) {
        return review.patches().stream()
                .filter(p -> p.number() == patch)
                .flatMap(p -> p.claims().stream())
                .filter(c -> c.standing() == Claim.Standing.FAILS)
                .map(c -> Words.clean(c.quote()))
                .findFirst();
    }

    private static void conditions(Page page, List<List<String>> cases) {
        if (cases.isEmpty()) {
            page.text("When:   ", "always");
            return;
        }
        ConditionLines all = ConditionLines.of(cases, 1);
        String first = "When:   ";
        for (ConditionLines.Line line :
                all.lines().subList(0, Math.min(MOST_CONDITIONS, all.lines().size()))) {
            page.text(first, shortened(line.text()));
            first = "   and  ";
        }
        int more = all.lines().size() - MOST_CONDITIONS;
        if (more > 0) {
            page.text("   and  ", Words.count(more, "more condition") + " on the page");
        }
        if (all.left() > 0) {
            page.text("   or   ", "in " + Words.count(all.left(), "more case") + " on the page");
        }
    }

    private static String shortened(String line) {
        String clean = Words.clean(line);
        return clean.length() <= LONGEST_LINE_OF_TEXT ? clean : clean.substring(0, LONGEST_LINE_OF_TEXT) + " ...";
    }

    private static void events(Page page, String label, List<Row> rows) {
        if (rows.isEmpty()) {
            page.text(label, "(nothing in its place)");
            return;
        }
        String first = label;
        for (Row row : rows.subList(0, Math.min(MOST_EVENTS, rows.size()))) {
            page.text(first, shortened(row.line().text()));
            first = " ".repeat(label.length());
        }
        if (rows.size() > MOST_EVENTS) {
            page.text(first, Words.count(rows.size() - MOST_EVENTS, "more event"));
        }
    }

    private static void others(Page page, List<Consequence> others) {
        if (others.isEmpty()) {
            return;
        }
        page.gap().text("", "Also:");
        others.stream().limit(MOST_OTHERS).forEach(c -> page.text("- ", sentence(c) + ": " + c.where()));
        if (others.size() > MOST_OTHERS) {
            page.text("- ", Words.count(others.size() - MOST_OTHERS, "more") + " on the page");
        }
    }

    /** Somebody asked for it; that it is so is said where the finding would be. */
    private void leftOut(Page page) {
        if (!untold.isEmpty()) {
            page.gap();
        }
        findings.stream()
                .filter(f -> untold.containsKey(f.number()))
                .limit(2)
                .forEach(f -> page.text(
                        "", "Not reported again, [" + f.number() + "] on the page: " + untold.get(f.number()) + "."));
    }

    private void open(Page page) {
        List<String> said = Stream.of(
                        said("Not analysed", Verdict.NOT_ANALYSED),
                        said("Not known beyond a number of turns of loops", Verdict.EQUAL_WITHIN_BOUND),
                        said("Not reviewed", Verdict.NOT_REVIEWED))
                .filter(s -> !s.isEmpty())
                .toList();
        if (!said.isEmpty()) {
            page.gap().text("", String.join(". ", said) + ". The page says why.");
        }
    }

    private String said(String what, Verdict verdict) {
        List<Integer> patches = review.patches().stream()
                .filter(p -> p.units().stream().anyMatch(u -> u.verdict() == verdict))
                .map(PatchReview::number)
                .toList();
        return patches.isEmpty() ? "" : what + ": " + Words.patches(patches);
    }

    private void end(Page page, String address) {
        page.line("");
        review.patches().stream()
                .map(PatchReview::messageId)
                .filter(i -> i.contains("@"))
                .findFirst()
                .ifPresent(i -> {
                    page.line("To repeat, on " + Words.clean(review.base()) + ":");
                    page.line("  b4 mbox -o - " + Words.clean(i) + " | patchoscope review - --tree TREE --arch "
                            + String.join(",", review.architectures()));
                });
        page.line("All of it: " + address);
        page.line("No more mail about this: answer with the line \"patchoscope: stop\"");
    }
}
