// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.patchoscope.bot.report.FindingPaths;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.TraceDiff;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review.TraceLine;

/** {@link FindingPaths} as two drawings for the template: coordinates and cleaned words, in units of a pixel. */
public final class PathsDrawing {
    /** More is no picture any more. */
    private static final int MOST_ROWS = 60;

    private static final int ROW = 22;
    private static final int LANE = 16;
    private static final int MARGIN = 10;
    /** Width of a character at the size that the style sheet gives; a little more than fonts have. */
    private static final double CHARACTER = 7.4;

    private static final int LONGEST = 40;

    private PathsDrawing() {}

    /** The findings that are drawn together, by the number of the first: those of the same functions, one after the other. */
    public static Map<Integer, Map<String, Object>> all(List<Numbered> findings) {
        Map<String, List<Numbered>> groups = new LinkedHashMap<>();
        findings.forEach(
                f -> groups.computeIfAbsent(f.patch() + "\0" + f.arch() + "\0" + f.functions(), _ -> new ArrayList<>())
                        .add(f));
        Map<Integer, Map<String, Object>> out = new LinkedHashMap<>();
        groups.values()
                .forEach(g -> of(g).ifPresent(drawn -> out.put(g.getFirst().number(), drawn)));
        return out;
    }

    private static Optional<Map<String, Object>> of(List<Numbered> group) {
        if (group.size() > MOST_ROWS) {
            return Optional.empty();
        }
        FindingPaths ways = FindingPaths.of(group);
        if (ways.rows() > MOST_ROWS) {
            return Optional.empty();
        }
        Numbered first = group.getFirst();
        String begins = Words.clean(Words.calls(first.functions()));
        return Optional.of(Map.of(
                "title",
                "Paths through " + begins + " on " + Words.clean(first.arch()) + ": "
                        + (group.size() == 1 ? "finding " : "findings ")
                        + Words.ranges(group.stream().map(Numbered::number).toList()),
                "sides",
                List.of(
                        side("before", "-", ways.before(), ways.rows(), begins),
                        side("after", "+", ways.after(), ways.rows(), begins)),
                "texts",
                group.stream().map(PathsDrawing::text).toList()));
    }

    private static Map<String, Object> side(String name, String mark, FindingPaths.Side side, int rows, String begins) {
        int text = MARGIN + side.lanes() * LANE;
        List<Map<String, Object>> lines = new ArrayList<>();
        List<Map<String, Object>> points = new ArrayList<>();
        int longest = 0;
        for (FindingPaths.Point p : side.points()) {
            String label = label(p, mark, begins);
            longest = Math.max(longest, label.length());
            p.follows().ifPresent(f -> lines.add(line(side.points().get(f), p)));
            points.add(Map.of(
                    "kind",
                    p.only().isEmpty() ? "both" : name,
                    "differs",
                    !p.only().isEmpty(),
                    "x",
                    x(p.lane()),
                    "y",
                    y(p.row()),
                    "text",
                    text,
                    "baseline",
                    y(p.row()) + 4,
                    "label",
                    label,
                    "full",
                    p.event()
                            .map(e -> Words.clean(e.text() + " " + e.detail()).strip())
                            .orElse(begins)));
        }
        int ways = (int) side.points().stream().filter(p -> !p.ends().isEmpty()).count();
        return Map.of(
                "name",
                name,
                "width",
                text + (int) Math.ceil(longest * CHARACTER) + MARGIN,
                "height",
                rows * ROW,
                "alt",
                Words.count(ways, "path") + " " + name + ", in words below",
                "lines",
                lines,
                "points",
                points);
    }

    private static Map<String, Object> line(FindingPaths.Point from, FindingPaths.Point to) {
        int bend = y(from.row()) + ROW;
        String path = from.lane() == to.lane()
                ? "M%d %dV%d".formatted(x(from.lane()), y(from.row()), y(to.row()))
                : "M%d %dC%d %d %d %d %d %dV%d"
                        .formatted(
                                x(from.lane()),
                                y(from.row()),
                                x(from.lane()),
                                y(from.row()) + ROW * 3 / 4,
                                x(to.lane()),
                                y(from.row()) + ROW / 4,
                                x(to.lane()),
                                bend,
                                Math.max(bend, y(to.row())));
        return Map.of("kind", to.skips() ? "skips" : "next", "path", path);
    }

    private static int x(int lane) {
        return MARGIN + lane * LANE;
    }

    private static int y(int row) {
        return ROW / 2 + row * ROW;
    }

    private static String label(FindingPaths.Point p, String mark, String begins) {
        String name = p.event().map(PathsDrawing::name).orElse(begins);
        String differs =
                p.only().isEmpty() ? "" : mark + " " + (p.only().equals(p.through()) ? "" : numbers(p.only()) + " ");
        String ends = p.ends().isEmpty() ? "" : " " + numbers(p.ends());
        int room = Math.max(8, LONGEST - differs.length() - ends.length());
        return differs + (name.length() <= room ? name : name.substring(0, room - 1) + "…") + ends;
    }

    private static String numbers(SortedSet<Integer> numbers) {
        return "[" + Words.ranges(List.copyOf(numbers)) + "]";
    }

    /** A call without what it is given, which the table of its finding has. */
    private static String name(TraceLine event) {
        String text = Words.clean(event.text());
        int open = text.indexOf('(');
        boolean call = open > 0 && text.endsWith(")") && text.substring(0, open).matches("[\\w.]+");
        return !call
                ? text
                : text.substring(0, open) + (text.endsWith("()") && open == text.length() - 2 ? "()" : "(…)");
    }

    private static Map<String, String> text(Numbered f) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (TraceDiff.Row row :
                TraceDiff.of(f.finding().before(), f.finding().after()).rows()) {
            switch (row.side()) {
                case BOTH -> {
                    before.add(name(row.old()));
                    after.add(name(row.line()));
                }
                case BEFORE -> before.add(name(row.line()) + " (only before)");
                case AFTER -> after.add(name(row.line()) + " (only after)");
            }
        }
        return Map.of(
                "number",
                "[" + f.number() + "]",
                "before",
                String.join(", ", before),
                "after",
                String.join(", ", after));
    }
}
