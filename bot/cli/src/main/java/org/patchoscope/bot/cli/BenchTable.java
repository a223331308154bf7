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
     * @param what the series, and the architectures it was reviewed for
     * @param prepare configuring the tree, once per tree and configuration; not part of {@code total}
     * @param bare compiling the same objects and doing nothing else, or zero if that was not measured
     * @param first with nothing compiled before
     * @param again the same review once more
     */
    static String render(
            String what, int cores, Duration prepare, Duration bare, Run first, Run again, long peakHeapBytes) {
        StringBuilder text = new StringBuilder(what).append(String.format("%n"));
        text.append(String.format(Locale.ROOT, "%d cores%n%n", cores));
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
        if (!bare.isZero()) {
            text.append(row("bare compile", seconds(bare), ""));
            text.append(row("review / bare compile", ratio(first.total(), bare), ""));
        }
        text.append(String.format("%n  Stages go on beside each other, so they add up to more than the total.%n"));
        if (!bare.isZero()) {
            text.append(String.format(
                    "  Bare compile: the same objects by themselves, with an empty object cache on%n"
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
