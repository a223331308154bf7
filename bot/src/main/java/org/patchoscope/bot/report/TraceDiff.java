// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.review.Review.TraceLine;

/** Two traces as one list: what they share once, and what only one of them has. */
final class TraceDiff {
    /** On which side a line stands. */
    enum Side {
        BOTH,
        BEFORE,
        AFTER
    }

    /** A line and its side. */
    record Row(Side side, TraceLine line) {}

    private TraceDiff() {}

    /**
     * The shared prefix is what the review did not mark as different. After it, events of equal words are paired again,
     * so that a lost call does not make everything behind it look changed.
     */
    static List<Row> of(List<TraceLine> before, List<TraceLine> after) {
        int prefix = 0;
        while (prefix < before.size()
                && prefix < after.size()
                && !before.get(prefix).differs()
                && !after.get(prefix).differs()) {
            prefix++;
        }
        List<Row> rows = new ArrayList<>();
        // The place of a shared event is the one after the patch: that is the tree a reader has open.
        after.subList(0, prefix).forEach(l -> rows.add(new Row(Side.BOTH, l)));
        List<TraceLine> oldTail = before.subList(prefix, before.size());
        List<TraceLine> newTail = after.subList(prefix, after.size());
        tail(oldTail, newTail, longest(oldTail, newTail), rows);
        return rows;
    }

    private static void tail(List<TraceLine> before, List<TraceLine> after, int[][] longest, List<Row> rows) {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && same(before.get(i), after.get(j))) {
                rows.add(new Row(Side.BOTH, after.get(j)));
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
