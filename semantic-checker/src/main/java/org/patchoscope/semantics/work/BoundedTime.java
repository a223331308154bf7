// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time of one piece of work: it has a bound, and can be cancelled from another thread. */
public final class BoundedTime implements WorkTime {
    private final LongSupplier clock;
    private final long begun;
    private final long bound;
    private final String why;
    private volatile boolean cancelled;

    /**
     * Begins now.
     *
     * @param clock nanoseconds since whenever, as {@link System#nanoTime}
     * @param why what is said when it is up
     */
    public BoundedTime(Duration bound, String why, LongSupplier clock) {
        this.clock = clock;
        this.begun = clock.getAsLong();
        this.bound = bound.toNanos();
        this.why = why;
    }

    /** Ends the work at its next step. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    public Optional<String> up() {
        if (cancelled) {
            throw new WorkCancelled();
        }
        return clock.getAsLong() - begun >= bound ? Optional.of(why) : Optional.empty();
    }
}
