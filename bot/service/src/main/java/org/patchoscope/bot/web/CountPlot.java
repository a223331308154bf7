// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.patchoscope.bot.topic.VersionCounts;

/**
 * How what a path costs changes from version to version, as a small drawing: a point per version, above the line where it costs
 * more than without the series.
 *
 * @param zero height of the line
 * @param path that joins the points of neighbouring versions
 */
public record CountPlot(int width, int height, int zero, String path, List<Point> points, String text) {
    private static final int STEP = 22;
    private static final int MARGIN = 6;
    private static final int HEIGHT = 34;

    /** Makes one. */
    public CountPlot {
        points = List.copyOf(points);
    }

    /** A version. */
    public record Point(int x, int y, String kind, String text) {}

    /** Of a row, to the scale of all rows of its table. */
    static CountPlot of(VersionCounts.Table table, VersionCounts.Row row, List<String> versions) {
        IntSummaryStatistics range = new IntSummaryStatistics();
        range.accept(0);
        table.rows().stream()
                .flatMap(r -> r.cells().stream())
                .filter(VersionCounts.Cell::counted)
                .forEach(c -> range.accept(c.change()));
        StringBuilder path = new StringBuilder();
        List<Point> points = new ArrayList<>();
        boolean joined = false;
        for (int i = 0; i < row.cells().size(); i++) {
            VersionCounts.Cell cell = row.cells().get(i);
            if (cell.counted()) {
                int x = MARGIN + STEP / 2 + i * STEP;
                int y = y(range, cell.change());
                path.append(joined ? "L" : "M").append(x).append(' ').append(y);
                String kind = cell.change() < 0 ? "fewer" : cell.change() > 0 ? "more" : "same";
                points.add(new Point(x, y, kind, versions.get(i) + " " + CountTable.signed(cell.change())));
            }
            joined = cell.counted();
        }
        return new CountPlot(
                2 * MARGIN + row.cells().size() * STEP,
                HEIGHT,
                y(range, 0),
                path.toString(),
                points,
                String.join(", ", points.stream().map(Point::text).toList()));
    }

    private static int y(IntSummaryStatistics range, int change) {
        double part = (change - range.getMin()) / (double) Math.max(1, range.getMax() - range.getMin());
        return (int) Math.round(HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN));
    }
}
