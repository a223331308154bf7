// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;

/** Sequences beside each other: rows that have the same word in every column that is not empty there. */
final class Alignment {
    private Alignment() {}

    /** The rows, every column in its own order; an empty cell is an empty word. */
    static List<List<String>> rows(List<List<String>> columns) {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            rows = with(rows, columns.get(c), c);
        }
        return rows;
    }

    private static List<List<String>> with(List<List<String>> rows, List<String> column, int width) {
        List<String> old = rows.stream().map(Alignment::word).toList();
        int[][] common = common(old, column);
        List<List<String>> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < column.size()) {
            boolean both = i < old.size() && j < column.size() && old.get(i).equals(column.get(j));
            if (both) {
                out.add(row(rows.get(i++), column.get(j++), width));
            } else if (j == column.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                out.add(row(rows.get(i++), "", width));
            } else {
                out.add(row(List.of(), column.get(j++), width));
            }
        }
        return out;
    }

    private static String word(List<String> row) {
        return row.stream().filter(w -> !w.isEmpty()).findFirst().orElse("");
    }

    private static List<String> row(List<String> before, String word, int width) {
        List<String> row = new ArrayList<>(before);
        while (row.size() < width) {
            row.add("");
        }
        row.add(word);
        return List.copyOf(row);
    }

    /** Lengths of the longest common subsequences of what is left from i and j on. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] = a.get(i).equals(b.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
