// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.List;

/** Which counts are worth a line: those that change by 2 % and more, and what is new or gone. */
public final class Notable {
    /** Fewer bytes than this are an instruction or a few, and no matter of size. */
    public static final int BYTES = 16;

    private static final int SHARE = 50;

    private Notable() {}

    /** The same table without rows that change by less, or by fewer than {@code least}; it says how many there are. */
    public static PathRows.Table of(PathRows.Table table, int least) {
        List<PathRows.Row> rows =
                table.rows().stream().filter(r -> isNotable(r, least)).toList();
        List<String> remarks = new ArrayList<>();
        int less = table.rows().size() - rows.size();
        if (less > 0) {
            remarks.add(Words.count(less, rows.isEmpty() ? "row" : "more row") + " with a change of less than 2 %"
                    + (least > 1 ? " or " + least + " bytes." : "."));
        }
        remarks.addAll(table.remarks());
        return new PathRows.Table(table.where(), rows, remarks);
    }

    private static boolean isNotable(PathRows.Row row, int least) {
        int change = Math.abs(row.after() - row.before());
        boolean appears = row.before() == 0 || row.after() == 0;
        return appears || change >= least && (long) change * SHARE >= row.before();
    }
}
