// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.differ.diff.Line;
import org.patchoscope.differ.git.LineDiff;

/** A diff with three lines of context, for people: without file names and line numbers. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /** The lines, each with its sign; "@@" between places that are not next to each other. */
    static String of(byte[] before, byte[] after) {
        List<Line> old = Line.split(before);
        List<Line> now = Line.split(after);
        StringBuilder out = new StringBuilder();
        for (List<LineDiff.Change> group : groups(before, after)) {
            out.append("@@").append(heading(old, group.getFirst().oldFrom())).append('\n');
            int at = Math.max(0, group.getFirst().oldFrom() - CONTEXT);
            for (LineDiff.Change change : group) {
                append(out, ' ', old.subList(at, change.oldFrom()));
                append(out, '-', old.subList(change.oldFrom(), change.oldTo()));
                append(out, '+', now.subList(change.newFrom(), change.newTo()));
                at = change.oldTo();
            }
            append(out, ' ', old.subList(at, Math.min(old.size(), at + CONTEXT)));
        }
        return out.toString();
    }

    /** How many lines {@link #of} has. */
    static int size(byte[] before, byte[] after) {
        int lines = Line.split(before).size();
        int size = 0;
        for (List<LineDiff.Change> group : groups(before, after)) {
            int first = Math.max(0, group.getFirst().oldFrom() - CONTEXT);
            size += 1 + Math.min(lines, group.getLast().oldTo() + CONTEXT) - first;
            for (LineDiff.Change change : group) {
                size += change.newTo() - change.newFrom();
            }
        }
        return size;
    }

    private static List<List<LineDiff.Change>> groups(byte[] before, byte[] after) {
        List<List<LineDiff.Change>> groups = new ArrayList<>();
        int end = Integer.MIN_VALUE / 2;
        for (LineDiff.Change change : LineDiff.fewest(before, after)) {
            if (change.oldFrom() - end > 2 * CONTEXT) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(change);
            end = change.oldTo();
        }
        return groups;
    }

    /** The part of the patch that a place is in: the last heading or hunk line above it. */
    private static String heading(List<Line> lines, int at) {
        for (int i = Math.min(at, lines.size()) - 1; i >= 0; i--) {
            String text = text(lines.get(i));
            if (text.startsWith(" ## ") || text.startsWith("@@ ")) {
                return " " + text.replaceAll("^ ## | ##$|^@@ ", "").strip();
            }
        }
        return "";
    }

    private static void append(StringBuilder out, char sign, List<Line> lines) {
        for (Line line : lines) {
            out.append(sign).append(text(line)).append('\n');
        }
    }

    private static String text(Line line) {
        return new String(Line.join(List.of(line)), StandardCharsets.UTF_8).replaceAll("\\n$", "");
    }
}
