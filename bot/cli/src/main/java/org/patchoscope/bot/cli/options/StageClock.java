// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Measures from when it was made. */
public final class StageClock {
    /** Of a second, as Linux counts processor time for programs ({@code sysconf(_SC_CLK_TCK)}, 100 everywhere). */
    private static final long TICKS = 100;
    /** Fields of {@code /proc/self/stat} behind the name in parentheses: proc(5) numbers cutime 16 and cstime 17 from 1. */
    private static final int CHILDREN_USER = 13;

    private static final int CHILDREN_SYSTEM = 14;

    private final Supplier<Duration> processor;
    private final long start = System.nanoTime();
    private final Duration before;

    private StageClock(Supplier<Duration> processor) {
        this.processor = processor;
        before = processor.get();
    }

    /** Of this process, with its compiler and collector. */
    public static StageClock ofThisProcess() {
        return new StageClock(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /** Of processes that this one starts and waits for, and of theirs. */
    public static StageClock ofChildren() {
        return new StageClock(StageClock::children);
    }

    public Spent spent() {
        return new Spent(
                Duration.ofNanos(System.nanoTime() - start), processor.get().minus(before));
    }

    private static Duration children() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]);
            return Duration.ofMillis(ticks * 1000 / TICKS);
        } catch (IOException e) {
            // Only Linux tells; the rate by the clock is shown all the same.
            return Duration.ZERO;
        }
    }
}
