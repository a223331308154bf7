// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.patchoscope.bot.report.PathRows.Row;
import org.patchoscope.bot.report.PathRows.Table;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.CodeCounts.LineCount;
import org.patchoscope.bot.review.CodeCounts.MacroCount;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;

/** Sizes of functions, and macros and lines of assembly, in words for text and HTML. */
public final class CodeRows {
    /** Functions and lines beyond these are counted, not listed. */
    private static final int MOST = 12;

    /** More kinds of instruction than this are too many to be read. */
    private static final int BRIEF = 4;

    /** A table and what stands above it; {@code bytes} where it counts these, and not instructions. */
    public record Titled(String title, Table table, boolean bytes) {
        Titled(String title, Table table) {
            this(title, table, false);
        }
    }

    private CodeRows() {}

    /** The tables of each architecture and set of configurations with equal counts. */
    public static List<Titled> of(PatchReview patch) {
        Map<CodeCounts, Map<String, List<String>>> same = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            if (unit.code().changed()) {
                same.computeIfAbsent(unit.code(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(unit.arch(), _ -> new ArrayList<>())
                        .add(unit.configuration());
            }
        }
        List<Titled> tables = new ArrayList<>();
        same.forEach((code, archs) ->
                archs.forEach((arch, configs) -> tables(arch + ", " + Words.joined(configs), code, tables)));
        return tables;
    }

    private static void tables(String where, CodeCounts code, List<Titled> into) {
        if (!code.sizes().functions().isEmpty()) {
            into.add(new Titled("Bytes of code, " + where, sizes(where, code.sizes()), true));
        }
        List<String> remarks = new ArrayList<>();
        code.notCounted().forEach(n -> remarks.add("Not counted: " + Words.sentence(n)));
        List<Row> macros = code.macros().stream()
                .filter(MacroCount::changed)
                .map(m -> macro(m, objects(code) > 1))
                .toList();
        unchanged(code, remarks);
        if (!macros.isEmpty() || !remarks.isEmpty()) {
            into.add(new Titled("Instructions of assembly macros, " + where, new Table(where, macros, remarks)));
        }
        if (!code.cycles().isEmpty()) {
            into.add(new Titled("Cycles of assembly macros, estimated, " + where, cycles(where, code.cycles())));
        }
        if (!code.lines().isEmpty()) {
            List<String> more = more(code.lines().size(), "line");
            List<Row> rows =
                    code.lines().stream().limit(MOST).map(CodeRows::line).toList();
            into.add(new Titled("Instructions of assembly lines, " + where, new Table(where, rows, more)));
        }
    }

    private static List<String> more(int all, String what) {
        return all > MOST ? List.of("And " + Words.count(all - MOST, "more " + what) + ".") : List.of();
    }

    private static Table sizes(String where, CodeCounts.Sizes sizes) {
        List<Row> rows = sizes.functions().stream()
                .sorted(Comparator.<Count>comparingInt(c -> -Math.abs(c.after() - c.before()))
                        .thenComparing(Count::name))
                .limit(MOST)
                .map(c -> new Row(c.before(), CountTables.change(c), c.after(), c.name(), ""))
                .toList();
        List<String> remarks = new ArrayList<>(more(sizes.functions().size(), "function"));
        remarks.add(totals(sizes));
        return new Table(where, rows, remarks);
    }

    private static Table cycles(String where, List<Count> cycles) {
        List<Row> rows = cycles.stream()
                .map(c -> new Row(c.before(), CountTables.change(c), c.after(), c.name(), ""))
                .toList();
        String kind = cycles.getFirst().kind();
        return new Table(
                where,
                rows,
                List.of("Not measured: llvm-mca's model of " + kind.substring(kind.lastIndexOf(' ') + 1)
                        + ", one expansion run once, nothing else in the pipeline."));
    }

    /** Grown and shrunk, new and gone, and the sum of it. */
    private static String totals(CodeCounts.Sizes sizes) {
        int grown = 0;
        int shrunk = 0;
        int added = 0;
        int gone = 0;
        for (Count c : sizes.functions()) {
            if (c.before() == 0) {
                added++;
            } else if (c.after() == 0) {
                gone++;
            } else if (c.after() > c.before()) {
                grown++;
            } else {
                shrunk++;
            }
        }
        List<String> parts = new ArrayList<>();
        add(parts, grown, "grown");
        add(parts, shrunk, "shrunk");
        add(parts, added, "new");
        add(parts, gone, "gone");
        return String.format(
                Locale.ROOT,
                "%s; all functions together %d -> %d (%+d).",
                String.join(", ", parts),
                sizes.before(),
                sizes.after(),
                sizes.after() - sizes.before());
    }

    private static void add(List<String> parts, int n, String what) {
        if (n > 0) {
            parts.add(n + " " + what);
        }
    }

    private static long objects(CodeCounts code) {
        return code.macros().stream().map(MacroCount::object).distinct().count();
    }

    private static Row macro(MacroCount m, boolean several) {
        Count all = new Count(m.name(), "instructions", m.before(), m.after());
        List<String> detail = new ArrayList<>();
        if (m.timesBefore() != m.timesAfter()) {
            detail.add(m.timesBefore() + " -> " + Words.count(m.timesAfter(), "expansion"));
        }
        detail.add(
                m.contentBefore().equals(m.contentAfter())
                        ? m.contentAfter()
                        : content(m.contentBefore(), m.contentAfter(), m.change()));
        String name =
                several ? m.name() + ", " + m.object().substring(m.object().lastIndexOf('/') + 1) : m.name();
        return new Row(m.before(), CountTables.change(all), m.after(), name, String.join("; ", detail));
    }

    /** What it holds where that is short, else what has changed of it. */
    private static String content(String before, String after, String change) {
        if (before.isEmpty() || after.isEmpty()) {
            return before + after;
        }
        return brief(before) && brief(after) ? before + " -> " + after : change;
    }

    /** One kind of expansion with few kinds of instruction. */
    private static boolean brief(String content) {
        return content.chars().filter(c -> c == '+').count() < BRIEF && content.indexOf('(') < 0;
    }

    /** What the other macros of the functions that changed hold: a reader of the patch meets them there. */
    private static void unchanged(CodeCounts code, List<String> remarks) {
        Set<String> functions = new HashSet<>();
        code.lines().forEach(l -> functions.add(l.function()));
        List<String> macros = code.macros().stream()
                .filter(m -> !m.changed() && brief(m.contentAfter()))
                .filter(m -> m.functions().stream().anyMatch(functions::contains))
                .map(m -> m.name() + ": " + m.contentAfter())
                .distinct()
                .toList();
        if (!macros.isEmpty()) {
            remarks.add("Unchanged, in the same functions: " + String.join("; ", macros) + ".");
        }
    }

    private static Row line(LineCount l) {
        Count all = new Count(l.function(), "instructions", l.before(), l.after());
        int number = l.lineAfter() > 0 ? l.lineAfter() : l.lineBefore();
        String content = content(l.contentBefore(), l.contentAfter(), l.change());
        String file = l.file().substring(l.file().lastIndexOf('/') + 1);
        return new Row(
                l.before(),
                l.after() == 0 ? "gone" : CountTables.change(all),
                l.after(),
                l.text(),
                content + ", " + l.function() + ", " + file + ":" + number);
    }
}
