// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.pipeline.Stopwatch;

class BenchTableTest {
    private static BenchTable.Run run(int compileSeconds, int totalSeconds) {
        StageTimes stages = new StageTimes();
        stages.took(Stopwatch.Stage.COMPILE, Duration.ofSeconds(compileSeconds - 1));
        stages.took(Stopwatch.Stage.COMPILE, Duration.ofSeconds(1));
        return new BenchTable.Run(stages, Duration.ofSeconds(totalSeconds));
    }

    @Test
    void stagesAddUpAndTheRatioIsToCompilingAlone() {
        String table = BenchTable.render(
                "a series", 2, Duration.ofSeconds(25), Duration.ofSeconds(20), run(20, 50), run(2, 4), 3L << 30);

        assertThat(table.lines()).contains("  compile                       20.0 s       2.0 s");
        assertThat(table.lines()).contains("  total                         50.0 s       4.0 s");
        assertThat(table.lines()).contains("  review / bare compile           2.50");
        assertThat(table.lines()).contains("  peak heap                   3072 MiB");
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
