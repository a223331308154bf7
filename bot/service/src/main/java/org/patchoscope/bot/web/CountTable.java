// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.patchoscope.bot.topic.VersionCounts;

/**
 * What named paths of an architecture cost in the versions of a topic, as its page shows it.
 *
 * @param same how many paths cost the same in all of them
 */
public record CountTable(String arch, String configuration, List<Row> rows, int same) {
    /** Makes one. */
    public CountTable {
        rows = List.copyOf(rows);
    }

    /** A path through the versions. */
    public record Row(
            String path, List<Cell> cells, @JsonIgnore CountPlot plot) {}

    /**
     * A path in a version.
     *
     * @param now instructions with the version, or empty where they were not counted
     * @param change how many more that is than without it
     */
    public record Cell(String now, String change) {}

    static CountTable of(VersionCounts.Table table, List<String> versions) {
        List<Row> rows = table.rows().stream()
                .map(r -> new Row(
                        r.path(), r.cells().stream().map(CountTable::cell).toList(), CountPlot.of(table, r, versions)))
                .toList();
        return new CountTable(table.arch(), table.configuration(), rows, table.same());
    }

    private static Cell cell(VersionCounts.Cell cell) {
        return cell.counted() ? new Cell(Integer.toString(cell.after()), signed(cell.change())) : new Cell("", "");
    }

    static String signed(int change) {
        return change == 0 ? "±0" : change > 0 ? "+" + change : "−" + -change;
    }
}
