// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.bot.report.ConditionLines;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.TraceDiff;
import org.patchoscope.bot.report.TraceDiff.Row;
import org.patchoscope.bot.report.TraceDiff.Side;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Assignment;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Verdict;

/** One finding as text. */
public final class TextFinding {
    private static final String IN = "    ";
    private static final int MOST_HUNK_LINES = 14;
    /** Of a long shared beginning, as many events are shown before the first difference. */
    private static final int SHARED_SHOWN = 3;
    /** And as many after the last difference. */
    private static final int SHARED_AFTER = 1;

    private static final int MOST_ROWS = 8;

    private static final int WITNESS = 44;
    private static final int MOST_CASES = 2;
    private static final int MOST_ALSO = 6;
    private static final int LONGEST = 400;

    private final Review review;
    private final Page page;
    private final boolean verbose;
    private final String inFull;

    /** Writes findings; {@code verbose} writes each that comes from a cause in full. */
    TextFinding(Review review, Page page, boolean verbose) {
        this(review, page, verbose, verbose ? "--html or --json" : "--verbose, --html or --json");
    }

    /** The same where what is cut stands in {@code inFull}. */
    TextFinding(Review review, Page page, boolean verbose, String inFull) {
        this.review = review;
        this.page = page;
        this.inFull = inFull;
        this.verbose = verbose;
    }

    void render(Numbered numbered) {
        whole(numbered);
        if (verbose) {
            numbered.also().forEach(this::whole);
        } else {
            also(numbered);
        }
    }

    /** What else comes from the cause, in a line for each thing that happens. */
    private void also(Numbered numbered) {
        Map<String, Set<String>> functions = new LinkedHashMap<>();
        numbered.also()
                .forEach(a -> functions
                        .computeIfAbsent(a.sentence(), _ -> new LinkedHashSet<>())
                        .addAll(a.functions()));
        if (functions.isEmpty()) {
            return;
        }
        page.gap().text(IN, "Also from this change:");
        functions.entrySet().stream()
                .limit(MOST_ALSO)
                .forEach(
                        e -> page.text(IN + "- ", brief(e.getKey()) + ", in " + Words.some(List.copyOf(e.getValue()))));
        int more = functions.size() - MOST_ALSO;
        if (more > 0) {
            page.text(IN + "- ", "and " + Words.count(more, "more difference") + ": see " + inFull);
        }
    }

    private static String number(Numbered numbered) {
        return String.format("%-4s", "[" + numbered.number() + "]") + (numbered.number() < 10 ? "" : " ");
    }

    private void whole(Numbered numbered) {
        FindingText finding = numbered.finding();
        page.gap();
        String kind = finding.kind() == Verdict.RACE_WINDOW ? " (race window)" : "";
        page.text(Page.Tone.HEADING, number(numbered), numbered.arch() + ": " + finding.summary() + kind);
        page.text(Page.Tone.QUIET, IN, where(review, numbered));
        if (!finding.cause().consequence().isEmpty()) {
            page.text(IN, Words.sentence("so " + finding.cause().consequence()));
        }
        hunk(finding.cause().quote());
        conditions(numbered);
        trace(finding);
        witness(finding.witness());
        users(finding.cause().users());
        vanishes(finding);
    }

    private void users(List<String> users) {
        if (!users.isEmpty()) {
            page.gap().text(IN, "Flags of the witness are set by " + Words.joined(users) + ".");
        }
    }

    private void vanishes(FindingText finding) {
        for (String name : finding.vanishesUnder()) {
            page.gap().text(IN + "Vanishes if ", Words.clean(Leaning.text(review, name)) + " (" + name + ")");
        }
    }

    /** Where a finding holds, in one line. */
    static String where(Review review, Numbered numbered) {
        String place = numbered.finding().cause().place();
        return (place.isEmpty() ? "" : place + ", ") + "in " + Words.some(numbered.functions()) + "; "
                + holds(review, numbered);
    }

    /** The same without the functions. */
    public static String holds(Review review, Numbered numbered) {
        List<String> names = numbered.configurations();
        boolean all = names.size() == review.configurations().size();
        String where = all && names.size() > 1 ? "every configuration" : Words.joined(names);
        String out = where + "; id " + numbered.finding().id();
        return numbered.otherConditions().isEmpty()
                ? out
                : out + "; the condition reads differently in " + Words.joined(numbered.otherConditions());
    }

    private void hunk(List<String> hunk) {
        if (hunk.isEmpty()) {
            return;
        }
        page.gap();
        hunk.stream().limit(MOST_HUNK_LINES).forEach(l -> page.line(cut("> " + Words.source(l))));
        if (hunk.size() > MOST_HUNK_LINES) {
            page.line("> [" + Words.count(hunk.size() - MOST_HUNK_LINES, "more line") + "]");
        }
    }

    private String cut(String line) {
        return line.length() <= page.width() ? line : line.substring(0, page.width() - 3) + "...";
    }

    private void conditions(Numbered numbered) {
        List<List<String>> alternatives = numbered.finding().conditions();
        if (alternatives.isEmpty() || alternatives.equals(List.of(List.of()))) {
            page.gap().text(IN, "always");
            return;
        }
        page.gap();
        ConditionLines lines = ConditionLines.of(alternatives, verbose ? Integer.MAX_VALUE : MOST_CASES);
        int width = lines.width() + 2;
        lines.lines().forEach(l -> page.text(IN + TextTable.pad(l.word(), width), brief(l.text())));
        if (lines.left() > 0) {
            page.text(IN, "or in " + Words.count(lines.left(), "more case") + ": see " + inFull + ".");
        }
        beyond(numbered).forEach(b -> page.text(IN, b));
    }

    /** That the conditions are not all, or that it is not known whether they are. */
    public static List<String> beyond(Numbered numbered) {
        FindingText finding = numbered.finding();
        List<String> beyond = new ArrayList<>();
        if (finding.further() > 0) {
            beyond.add("or perhaps in cases that were not worked out.");
        }
        if (numbered.open()) {
            beyond.add("Perhaps in more cases: not all of " + Words.calls(numbered.functions()) + " was analysed.");
        }
        return beyond;
    }

    private void trace(FindingText finding) {
        TraceDiff diff = TraceDiff.of(finding.before(), finding.after());
        List<Row> rows = diff.rows();
        if (rows.isEmpty()) {
            return;
        }
        page.gap().text(Page.Tone.QUIET, IN, "- before, + after");
        int shared = 0;
        while (shared < rows.size() && rows.get(shared).side() == Side.BOTH) {
            shared++;
        }
        int from = shared > SHARED_SHOWN + 1 ? shared - SHARED_SHOWN : 0;
        if (from > 0) {
            page.line(Page.Tone.QUIET, IN + "  [" + Words.count(from, "event") + " in common]");
        }
        int last = rows.size();
        while (last > shared && rows.get(last - 1).side() == Side.BOTH) {
            last--;
        }
        int to = rows.size() - last > SHARED_AFTER + 1 ? last + SHARED_AFTER : rows.size();
        boolean cut = !verbose && to - shared > MOST_ROWS + 1;
        to = cut ? shared + MOST_ROWS : to;
        List<Row> shown = rows.subList(from, to);
        int column = column(shown);
        shown.forEach(r -> row(r, column));
        if (to < rows.size()) {
            page.line(
                    Page.Tone.QUIET,
                    IN + "  [" + Words.count(rows.size() - to, cut ? "more event" : "event")
                            + (cut ? "]" : " in common]"));
        }
        diff.goesOn().ifPresent(b -> page.text(Page.Tone.QUIET, IN + "  ", "[" + b + "]"));
        if (shared == rows.size()) {
            page.text(IN, "The events are the same; what differs is in the summary.");
        }
    }

    private static int column(List<Row> rows) {
        return rows.stream()
                .mapToInt(r -> text(r.line()).length())
                .filter(n -> n <= 44)
                .max()
                .orElse(0);
    }

    private static String text(TraceLine line) {
        return Words.clean(line.text());
    }

    private void row(Row row, int column) {
        Page.Tone tone = switch (row.side()) {
            case BOTH -> Page.Tone.PLAIN;
            case BEFORE -> Page.Tone.BEFORE;
            case AFTER -> Page.Tone.AFTER;
        };
        String mark = switch (row.side()) {
            case BOTH -> "  ";
            case BEFORE -> "- ";
            case AFTER -> "+ ";
        };
        String place = Words.clean(row.line().place());
        String text = IN + mark + TextTable.pad(text(row.line()), column);
        if (text.length() + 2 + place.length() <= page.width()) {
            page.line(tone, text + "  " + place);
        } else {
            page.text(tone, IN + mark, brief(text(row.line())) + " " + place);
        }
        if (!row.line().detail().isBlank()) {
            page.text(tone, IN + mark + "  ", brief(row.line().detail()));
        }
    }

    private void witness(List<Assignment> all) {
        if (all.isEmpty()) {
            return;
        }
        List<Assignment> witness =
                all.stream().filter(a -> verbose || !a.value().equals("0")).toList();
        String zero = witness.size() == all.size() ? "" : witness.isEmpty() ? ": all inputs 0" : ", all other inputs 0";
        page.gap().text(Page.Tone.QUIET, IN, "witness" + zero);
        int width = witness.stream()
                .mapToInt(a -> Words.clean(a.name()).length())
                .filter(n -> n <= WITNESS)
                .max()
                .orElse(0);
        for (Assignment assignment : witness) {
            String name = Words.clean(assignment.name());
            if (name.length() <= WITNESS) {
                page.text(IN + "  " + TextTable.pad(name, width) + " = ", assignment.value());
            } else {
                page.text(IN + "  ", name + " = " + assignment.value());
            }
        }
    }

    /** What is longer than anybody reads is cut, and says so. */
    private String brief(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int word = text.lastIndexOf(' ', LONGEST);
        return text.substring(0, word > 0 ? word : LONGEST) + " [...: see " + inFull + "]";
    }
}
