// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchoscope.bot.report.BesideRows;
import org.patchoscope.bot.report.CodeRows;
import org.patchoscope.bot.report.ConditionLines;
import org.patchoscope.bot.report.CountTables;
import org.patchoscope.bot.report.ExitRows;
import org.patchoscope.bot.report.Headline;
import org.patchoscope.bot.report.HowToCheck;
import org.patchoscope.bot.report.Leaning;
import org.patchoscope.bot.report.Links;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.PathRows;
import org.patchoscope.bot.report.Steps;
import org.patchoscope.bot.report.TraceDiff;
import org.patchoscope.bot.report.TraceDiff.Row;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.report.text.TextFinding;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.report.text.TextTracing;
import org.patchoscope.bot.report.text.TextWhole;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** What the template shows, as maps and lists of cleaned strings, so that it can decide nothing itself. */
final class HtmlView {
    private static final int OPEN_CASES = 3;

    private final Review review;
    private final List<Numbered> findings;
    private final Links links;
    /** By the number of the finding that they stand before. */
    private final Map<Integer, Map<String, Object>> ways;

    private HtmlView(Review review, Links links) {
        this.review = review;
        this.links = links;
        findings = Numbered.of(review);
        ways = PathsDrawing.all(findings);
    }

    static Map<String, Object> of(Review review, Links links) {
        return new HtmlView(review, links).view();
    }

    static Optional<Map<String, Object>> finding(Review review, Links links, int number) {
        HtmlView view = new HtmlView(review, links);
        return view.findings.stream()
                .filter(f -> f.number() == number)
                .findFirst()
                .map(view::finding);
    }

    static Optional<Map<String, Object>> patch(Review review, Links links, int number) {
        HtmlView view = new HtmlView(review, links);
        Steps steps = new Steps(review);
        return Stream.concat(review.patches().stream(), review.whole().stream())
                .filter(p -> p.number() == number)
                .findFirst()
                .map(p -> view.row(p, number == 0 ? Words.capital(steps.together()) : steps.heading(p)));
    }

    static List<String> fates(Review review) {
        return review.whole().isEmpty() ? List.of() : TextWhole.fates(review, Numbered.of(review));
    }

    private Map<String, Object> view() {
        Headline headline = new Headline(review, findings);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("title", Words.clean(review.title()) + (review.version() > 1 ? " (v" + review.version() + ")" : ""));
        out.put("author", Words.clean(review.author()));
        out.put("claims", headline.claims());
        out.put("result", headline.result());
        out.put("archs", clean(review.architectures()));
        List<Map<String, Object>> rows = new ArrayList<>();
        Steps steps = new Steps(review);
        out.put("step", steps.column());
        out.put("anyPatch", steps.ofSeries());
        review.patches().forEach(p -> rows.add(row(p, steps.heading(p))));
        review.whole().forEach(p -> rows.add(row(p, Words.capital(steps.together()))));
        out.put("rows", rows);
        out.put(
                "beside",
                review.beside().stream()
                        .map(v -> BesideRows.of(v, steps))
                        .map(HtmlBeside::section)
                        .toList());
        out.put("fates", fates(review));
        out.put(
                "checks",
                HowToCheck.of(review, findings).stream().map(Words::clean).toList());
        out.put(
                "settings",
                review.configurations().stream()
                        .filter(c -> !c.settings().isEmpty())
                        .map(c -> Words.clean(c.name()) + ": " + Words.joined(c.settings()))
                        .toList());
        out.put("premises", Leaning.used(review).stream().map(HtmlView::premise).toList());
        out.put("limits", clean(review.limits()));
        return out;
    }

    private static Map<String, Object> premise(Review.Premise p) {
        return Map.of(
                "label", Words.clean(p.name()),
                "text", Words.sentence(p.text()),
                "reason", Words.sentence(p.reason()),
                "source", Words.clean(p.source()));
    }

    private Map<String, Object> row(PatchReview patch, String title) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("title", title);
        out.put("anchor", "patch-" + patch.number());
        out.put("series", patch.number() == 0);
        out.put("mail", links.mail(patch.messageId()).map(List::of).orElse(List.of()));
        out.put(
                "cells",
                review.architectures().stream().map(a -> cell(patch, a)).toList());
        out.put("applied", clean(patch.applied()));
        out.put(
                "claims",
                patch.claims().stream()
                        .map(c -> Map.of(
                                "quote", Words.clean(c.quote()),
                                "standing", Headline.standing(c.standing()),
                                "because", Words.sentence(c.because())))
                        .toList());
        out.put(
                "findings",
                findings.stream()
                        .filter(f -> f.patch() == patch.number())
                        .map(this::finding)
                        .toList());
        out.put("notes", TextReport.notes(patch));
        out.put(
                "premises",
                Leaning.byFunction(patch).entrySet().stream()
                        .map(e -> Map.of("where", Words.clean(e.getKey()), "names", Words.joined(e.getValue())))
                        .toList());
        List<Map<String, Object>> tables = new ArrayList<>();
        CountTables.tables(patch)
                .forEach((where, counts) -> tables.add(Map.of(
                        "where", Words.clean("Instructions, " + where),
                        "rows",
                                counts.stream()
                                        .map(c -> Map.of(
                                                "old", c.before(),
                                                "change", CountTables.change(c),
                                                "now", c.after(),
                                                "label", Words.clean(CountTables.name(c))))
                                        .toList())));
        PathRows.of(patch)
                .forEach(t -> tables.add(table("Instructions, executed from the vector to the exit, " + t.where(), t)));
        CodeRows.of(patch).forEach(t -> tables.add(table(t.title(), t.table())));
        out.put("tables", tables);
        out.put(
                "exits",
                ExitRows.of(patch).stream()
                        .map(t -> Map.of("title", Words.clean(t.heading()), "lines", clean(all(t))))
                        .toList());
        out.put("tracing", tracing(patch));
        return out;
    }

    private static List<String> all(ExitRows.Told told) {
        return Stream.concat(told.lines().stream(), told.old().stream()).toList();
    }

    private static List<Map<String, Object>> tracing(PatchReview patch) {
        List<Map<String, Object>> sections = new ArrayList<>();
        TextTracing.sections(patch).forEach((where, tracing) -> {
            List<Map<String, Object>> groups = new ArrayList<>();
            for (Review.TracingChange.Turn kind : Review.TracingChange.Turn.values()) {
                TextTracing.reasons(tracing, kind)
                        .forEach((reason, changes) -> groups.add(Map.of(
                                "label",
                                TextTracing.headline(kind, changes.size())
                                        + (reason.isEmpty() ? "" : " (" + reason + ")"),
                                "functions",
                                changes.stream()
                                        .map(c -> Words.clean(c.function() + ", " + c.object()))
                                        .toList())));
            }
            List<Map<String, Object>> lists = new ArrayList<>();
            TextTracing.lists(tracing)
                    .forEach((label, calls) -> lists.add(Map.of("label", label, "calls", clean(calls))));
            sections.add(Map.of("where", Words.clean(where), "groups", groups, "lists", lists));
        });
        return sections;
    }

    private static Map<String, Object> table(String title, PathRows.Table table) {
        String remarks = table.remarks().isEmpty() ? "" : ". " + String.join(" ", table.remarks());
        return Map.of(
                "where",
                Words.clean(title + remarks),
                "rows",
                table.rows().stream()
                        .map(r -> Map.of(
                                "old", r.before(),
                                "change", r.change(),
                                "now", r.after(),
                                "label",
                                        Words.clean(
                                                r.detail().isEmpty() ? r.name() : r.name() + " (" + r.detail() + ")")))
                        .toList());
    }

    private Map<String, Object> cell(PatchReview patch, String arch) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        List<Unit> units =
                patch.units().stream().filter(u -> u.arch().equals(arch)).toList();
        for (Unit unit : units) {
            String bound = Leaning.premises(unit)
                    + Leaning.bound(unit).map(b -> ": " + b).orElse("");
            lines.computeIfAbsent(unit.verdict().text() + bound, _ -> new ArrayList<>())
                    .add(unit.configuration());
        }
        List<String> said = new ArrayList<>();
        lines.forEach((v, where) -> said.add(lines.size() == 1 ? v : v + " (" + Words.joined(where) + ")"));
        return Map.of(
                "arch", Words.clean(arch),
                "verdicts",
                        (said.isEmpty() ? List.of("-") : said)
                                .stream()
                                        .map(v -> Map.of("text", v, "kind", kind(v)))
                                        .toList());
    }

    /** The verdict's first word, as the style sheet names it. */
    private static String kind(String verdict) {
        return "v-" + verdict.split("[ -]", 2)[0];
    }

    private List<Map<String, Object>> functions(List<String> names) {
        return names.stream()
                .map(n -> Map.<String, Object>of(
                        "name",
                        Words.clean(n) + "()",
                        "link",
                        links.function(n).map(List::of).orElse(List.of())))
                .toList();
    }

    private Map<String, Object> finding(Numbered numbered) {
        FindingText f = numbered.finding();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("number", numbered.number());
        out.put("ways", ways.get(numbered.number()) instanceof Map<String, Object> w ? List.of(w) : List.of());
        out.put("arch", Words.clean(numbered.arch()));
        out.put("href", links.finding(numbered.number()));
        String consequence = f.cause().consequence();
        out.put("consequence", consequence.isEmpty() ? "" : Words.sentence(Words.clean("so " + consequence)));
        out.put(
                "users",
                f.cause().users().isEmpty() ? "" : Words.joined(f.cause().users()));
        out.put("also", numbered.also().stream().map(this::finding).toList());
        out.put("summary", Words.clean(f.summary()));
        out.put("kind", f.kind() == Verdict.RACE_WINDOW ? "race window" : "behaviour change");
        out.put("functions", functions(numbered.functions()));
        out.put("where", Words.clean(place(f) + TextFinding.holds(review, numbered)));
        ConditionLines open = ConditionLines.of(f.conditions(), OPEN_CASES);
        out.put("conditions", conditions(open.lines()));
        out.put("more", Words.count(open.left(), "more case"));
        List<ConditionLines.Line> all =
                ConditionLines.of(f.conditions(), Integer.MAX_VALUE).lines();
        out.put("moreConditions", conditions(all.subList(open.lines().size(), all.size())));
        out.put("furtherConditions", TextFinding.beyond(numbered));
        TraceDiff diff = TraceDiff.of(f.before(), f.after());
        out.put("trace", trace(diff.rows()));
        out.put("beyond", diff.goesOn().orElse(""));
        out.put(
                "witness",
                f.witness().stream()
                        .map(a -> Map.of("label", Words.clean(a.name()), "value", Words.clean(a.value())))
                        .toList());
        out.put(
                "vanishes",
                f.vanishesUnder().stream()
                        .map(n -> Words.clean(Leaning.text(review, n) + " (" + n + ")"))
                        .toList());
        out.put("hunk", f.cause().quote().stream().map(HtmlView::sourceLine).toList());
        return out;
    }

    private static String place(FindingText f) {
        return f.cause().place().isEmpty() ? "" : f.cause().place() + "; ";
    }

    private static Map<String, String> sourceLine(String line) {
        String kind = line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : "same";
        return Map.of("kind", kind, "text", Words.source(line));
    }

    /** Rows of two cells; a run of events only before stands beside the run of events only after that follows it. */
    private static List<Map<String, Object>> trace(List<Row> rows) {
        List<Map<String, Object>> out = new ArrayList<>();
        List<TraceLine> before = new ArrayList<>();
        List<TraceLine> after = new ArrayList<>();
        for (Row row : rows) {
            switch (row.side()) {
                case BEFORE -> before.add(row.line());
                case AFTER -> after.add(row.line());
                case BOTH -> {
                    pair(before, after, out);
                    out.add(Map.of(
                            "differs", false, "left", List.of(event(row.old())), "right", List.of(event(row.line()))));
                }
            }
        }
        pair(before, after, out);
        return out;
    }

    private static void pair(List<TraceLine> before, List<TraceLine> after, List<Map<String, Object>> out) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            out.add(Map.of("differs", true, "left", at(before, i), "right", at(after, i)));
        }
        before.clear();
        after.clear();
    }

    private static List<Map<String, String>> at(List<TraceLine> lines, int i) {
        return i < lines.size() ? List.of(event(lines.get(i))) : List.of();
    }

    private static Map<String, String> event(TraceLine line) {
        return Map.of(
                "text",
                Words.clean(line.text()),
                "detail",
                Words.clean(line.detail()),
                "place",
                Words.clean(line.place()));
    }

    private static List<String> clean(List<String> texts) {
        return texts.stream().map(Words::clean).toList();
    }

    private static List<Map<String, String>> conditions(List<ConditionLines.Line> lines) {
        return lines.stream()
                .map(l -> Map.of("word", l.word(), "text", Words.clean(l.text())))
                .toList();
    }
}
