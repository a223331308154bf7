// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.topic.VersionCounts;
import org.patchoscope.bot.topic.VersionCounts.Cell;

class CountPlotTest {
    private static final VersionCounts.Row ROW = new VersionCounts.Row(
            "plain",
            List.of(
                    new Cell(true, 100, 90),
                    new Cell(false, 0, 0),
                    new Cell(true, 100, 100),
                    new Cell(true, 100, 120)));
    private static final List<String> VERSIONS = List.of("v1", "v2", "v3", "v4");

    @Test
    void moreIsHigherAndNothingIsDrawnOfWhatIsNotKnown() {
        CountPlot plot = plot(new VersionCounts.Row("other", List.of()));
        assertThat(plot.points()).extracting(CountPlot.Point::kind).containsExactly("fewer", "same", "more");
        assertThat(plot.points().get(1).y()).isEqualTo(plot.zero());
        assertThat(plot.points().get(2).y()).isLessThan(plot.zero());
        assertThat(plot.path()).as("no line across v2").matches("M\\d+ \\d+M\\d+ \\d+L\\d+ \\d+");
        assertThat(plot.text()).isEqualTo("v1 −10, v3 ±0, v4 +20");
    }

    @Test
    void allOfATableHaveOneScale() {
        CountPlot alone = plot(ROW);
        CountPlot beside = plot(new VersionCounts.Row("x", List.of(new Cell(true, 1000, 10))));
        assertThat(alone.points().getFirst().y() - alone.zero())
                .isGreaterThan(beside.points().getFirst().y() - beside.zero());
    }

    private static CountPlot plot(VersionCounts.Row other) {
        return CountPlot.of(new VersionCounts.Table("arm64", "base", List.of(ROW, other), 0), ROW, VERSIONS);
    }
}
