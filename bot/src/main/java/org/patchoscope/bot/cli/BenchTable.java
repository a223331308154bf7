// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.time.Duration;
import java.util.Locale;
import org.patchoscope.bot.pipeline.Stopwatch;

/** What {@code patchoscope bench} prints: at most 80 columns, seconds with one decimal. */
final class BenchTable {
    /** One review: what its stages and all of it took. */
    record Run(StageTimes stages, Duration total) {}

    private BenchTable() {}

    /**
     * Renders the table.
     *
     * @param prepare configuring the tree, once per tree and configuration; not part of {@code total}
     * @param first with nothing compiled before
     * @param again the same review once more
     */
    static String render(String what, int cores, Duration prepare, Run first, Run again, long peakHeapBytes) {
        StringBuilder text = new StringBuilder(what).append(String.format("%n"));
        text.append(String.format(Locale.ROOT, "arm64, %d cores%n%n", cores));
        text.append(row("", "first", "repeated"));
        if (!prepare.isZero()) {
            text.append(row("prepare (not in total)", seconds(prepare), ""));
        }
        for (Stopwatch.Stage stage : Stopwatch.Stage.values()) {
            text.append(row(
                    stage.text(),
                    seconds(first.stages().of(stage)),
                    seconds(again.stages().of(stage))));
        }
        text.append(row("total", seconds(first.total()), seconds(again.total())));
        text.append(String.format("%n"));
        text.append(row("peak heap", (peakHeapBytes >> 20) + " MiB", ""));
        Duration compile = first.stages().of(Stopwatch.Stage.COMPILE);
        if (!compile.isZero()) {
            text.append(row("review / bare compile", ratio(first.total(), compile), ""));
            text.append(String.format(
                    "%n  Bare compile: the first run's compile line, with an empty object cache on%n"
                            + "  %d cores; configuring trees of patches that change the build is in it.%n",
                    cores));
        }
        return text.toString();
    }

    private static String row(String name, String first, String again) {
        String line = String.format("  %-24s%12s%12s", name, first, again);
        return String.format("%s%n", line.stripTrailing());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String ratio(Duration whole, Duration part) {
        return String.format(Locale.ROOT, "%.2f", (double) whole.toMillis() / Math.max(1, part.toMillis()));
    }
}
