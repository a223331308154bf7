// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.patchoscope.bot.pipeline.Stopwatch;

/** Adds up what the stages of one review took. */
final class StageTimes implements Stopwatch {
    private final Map<Stage, Duration> times = new EnumMap<>(Stage.class);

    @Override
    public synchronized void took(Stage stage, Duration time) {
        times.merge(stage, time, Duration::plus);
    }

    synchronized Duration of(Stage stage) {
        return times.getOrDefault(stage, Duration.ZERO);
    }
}
