// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchoscope.bot.review.Review.TraceLine;

/**
 * Two traces as one list: what they share once, and what only one of them has.
 *
 * @param beyond what one way goes on with where the other was not followed any further, so that nothing is known of it
 */
public record TraceDiff(List<TraceDiff.Row> rows, List<TraceDiff.Row> beyond) {
    public TraceDiff {
        rows = List.copyOf(rows);
        beyond = List.copyOf(beyond);
    }

    /** On which side a line stands. */
    public enum Side {
        BOTH,
        BEFORE,
        AFTER
    }

    /**
     * A line and its side.
     *
     * @param old for a shared line as it stands before, with its place there; else the line itself
     */
    public record Row(Side side, TraceLine line, TraceLine old) {
        Row(Side side, TraceLine line) {
            this(side, line, line);
        }
    }

    /**
     * The shared prefix is what the review did not mark as different. After it, events of equal words are paired again,
     * so that a lost call does not make everything behind it look changed. What one way goes on with where the other was
     * not followed any further is no row.
     */
    public static TraceDiff of(List<TraceLine> before, List<TraceLine> after) {
        int prefix = prefix(before, after);
        List<Row> rows = all(before, after, prefix);
        List<Row> beyond = new ArrayList<>();
        unknown(rows, prefix).reversed().forEach(i -> beyond.add(rows.remove(i.intValue())));
        return new TraceDiff(rows, beyond);
    }

    /** That one way goes on where the other was not followed any further; empty if none does. */
    public Optional<String> goesOn() {
        if (beyond.isEmpty()) {
            return Optional.empty();
        }
        String version = beyond.getFirst().side() == Side.BEFORE ? "before" : "after";
        return Optional.of(
                version + " goes on with " + Words.count(beyond.size(), "more event") + ", as the other version may");
    }

    private static int prefix(List<TraceLine> before, List<TraceLine> after) {
        int prefix = 0;
        while (prefix < before.size()
                && prefix < after.size()
                && !before.get(prefix).differs()
                && !after.get(prefix).differs()) {
            prefix++;
        }
        return prefix;
    }

    private static List<Row> all(List<TraceLine> before, List<TraceLine> after, int prefix) {
        List<Row> rows = new ArrayList<>();
        // The place of a shared event is the one after the patch: that is the tree a reader has open.
        for (int i = 0; i < prefix; i++) {
            rows.add(new Row(Side.BOTH, after.get(i), before.get(i)));
        }
        List<TraceLine> oldTail = before.subList(prefix, before.size());
        List<TraceLine> newTail = after.subList(prefix, after.size());
        tail(oldTail, newTail, longest(oldTail, newTail), rows);
        return rows;
    }

    /**
     * Rows at the end of which nothing is known: where one way was not followed any further, it may have
     * all that the other one goes on with. Only of the first event that differs it is known that it does.
     */
    private static List<Integer> unknown(List<Row> rows, int prefix) {
        int end = rows.size();
        while (end > prefix && rows.get(end - 1).side() != Side.BOTH) {
            end--;
        }
        Optional<Side> cut = rows.subList(end, rows.size()).stream()
                .filter(r -> r.line().endsFollowing())
                .map(Row::side)
                .findFirst();
        return IntStream.range(end, rows.size())
                .filter(i -> cut.isPresent() && rows.get(i).side() != cut.get())
                .skip(end == prefix ? 1 : 0)
                .boxed()
                .toList();
    }

    private static void tail(List<TraceLine> before, List<TraceLine> after, int[][] longest, List<Row> rows) {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && same(before.get(i), after.get(j))) {
                rows.add(new Row(Side.BOTH, after.get(j), before.get(i)));
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && longest[i + 1][j] >= longest[i][j + 1])) {
                rows.add(new Row(Side.BEFORE, before.get(i++)));
            } else {
                rows.add(new Row(Side.AFTER, after.get(j++)));
            }
        }
    }

    /** Length of the longest common subsequence of each pair of suffixes. */
    private static int[][] longest(List<TraceLine> before, List<TraceLine> after) {
        int[][] out = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                out[i][j] = same(before.get(i), after.get(j))
                        ? out[i + 1][j + 1] + 1
                        : Math.max(out[i + 1][j], out[i][j + 1]);
            }
        }
        return out;
    }

    private static boolean same(TraceLine a, TraceLine b) {
        return a.text().equals(b.text()) && a.detail().equals(b.detail());
    }
}
