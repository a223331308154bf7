// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.PathCounts;
import org.patchoscope.bot.review.Review.Unit;

/** Counts of named paths in words, for text and HTML. */
public final class PathRows {
    /** A path whose cost changed, and what about it did. */
    public record Row(int before, String change, int after, String name, String detail) {}

    /**
     * The paths of one architecture, and of the configurations that share them.
     *
     * @param where architecture and configurations
     * @param rows changed paths only
     * @param remarks on the other paths
     */
    public record Table(String where, List<Row> rows, List<String> remarks) {}

    private PathRows() {}

    /** One table per architecture and set of configurations with equal counts. */
    public static List<Table> of(PatchReview patch) {
        Map<PathCounts, Map<String, List<String>>> same = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            if (!unit.paths().equals(PathCounts.none())) {
                same.computeIfAbsent(unit.paths(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(unit.arch(), _ -> new ArrayList<>())
                        .add(unit.configuration());
            }
        }
        List<Table> tables = new ArrayList<>();
        same.forEach((paths, archs) ->
                archs.forEach((arch, configs) -> tables.add(table(arch + ", " + Words.joined(configs), paths))));
        return tables;
    }

    private static Table table(String where, PathCounts paths) {
        List<Row> rows = paths.changed().stream().map(PathRows::row).toList();
        List<String> remarks = new ArrayList<>();
        int unchanged = paths.counted().size() - rows.size();
        if (unchanged > 0) {
            remarks.add(Words.count(unchanged, "path") + " unchanged.");
        }
        byReason(paths.notCounted())
                .forEach((reason, names) -> remarks.add("Not counted: " + Words.joined(names) + ": " + reason));
        paths.notes().forEach(n -> remarks.add("Note: " + Words.sentence(n)));
        return new Table(where, rows, remarks);
    }

    private static Map<String, List<String>> byReason(List<String> notCounted) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String s : notCounted) {
            int colon = s.indexOf(": ");
            found.computeIfAbsent(Words.sentence(s.substring(colon + 2)), _ -> new ArrayList<>())
                    .add(s.substring(0, colon));
        }
        return found;
    }

    private static Row row(PathCount p) {
        Count all = new Count(p.path(), "instructions", p.before(), p.after());
        return new Row(p.before(), CountTables.change(all), p.after(), p.path() + ", " + p.cpu(), detail(p));
    }

    private static String detail(PathCount p) {
        List<String> parts = new ArrayList<>();
        p.kinds().forEach(k -> parts.add(String.format(Locale.ROOT, "%s %+d", k.kind(), k.after() - k.before())));
        String outside = outside(p.outsideBefore(), p.outsideAfter());
        if (!outside.isEmpty()) {
            parts.add(outside);
        }
        if (p.exit().contains(",")) {
            parts.add("exit " + p.exit());
        }
        return String.join(", ", parts);
    }

    /** What is called outside of the counted code and was not before, or the other way round. */
    private static String outside(List<String> before, List<String> after) {
        List<String> changes = new ArrayList<>();
        without(before, after).forEach(c -> changes.add("-" + c));
        without(after, before).forEach(c -> changes.add("+" + c));
        if (changes.isEmpty()) {
            return before.equals(after) ? "" : "the same calls outside, in another order";
        }
        return "calls outside " + Words.joined(changes);
    }

    private static List<String> without(List<String> all, List<String> removed) {
        List<String> rest = new ArrayList<>(all);
        removed.forEach(rest::remove);
        return rest;
    }
}
