// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks for a while, after the embedded database failed, whether what is asked of it comes back. H2 2.4.240 may let a
 * connection go no further after a write that failed: its thread spins in {@code MVStore.registerVersionUsage()}, with no error
 * and no end, while new connections work. What fails is no such thing: it may go well when there is room again.
 */
final class ReadWatch {
    /**
     * How it looks.
     *
     * @param patience after which something does not come back any more
     * @param pause between two looks
     * @param watched for how long after a failure
     */
    record Pace(Duration patience, Duration pause, Duration watched) {
        static final Pace USUAL = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    private final Pace pace;
    private final Runnable unreadable;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicLong number = new AtomicLong();
    /** When each began that has not come back. */
    private final Map<Long, Long> underWay = new ConcurrentHashMap<>();

    private volatile long failed;
    private volatile boolean ended;

    /**
     * Makes one.
     *
     * @param unreadable what is to be done when something did not come back; once
     */
    ReadWatch(Pace pace, Runnable unreadable) {
        this.pace = pace;
        this.unreadable = unreadable;
    }

    /** That something is asked of the database; the number to say that it came back by. */
    long begins() {
        long out = number.incrementAndGet();
        underWay.put(out, System.nanoTime());
        return out;
    }

    /** That it came back, with or without an error. */
    void cameBack(long begun) {
        underWay.remove(begun);
    }

    /** That something failed. */
    void failed() {
        failed = System.nanoTime();
        if (watching.compareAndSet(false, true)) {
            Thread.ofPlatform().name("store watch").daemon().start(this::watch);
        }
    }

    /** Looks no more: the store is closed. */
    void end() {
        ended = true;
    }

    private void watch() {
        try {
            do {
                Thread.sleep(pace.pause());
                if (hangs() && !ended) {
                    unreadable.run();
                    return;
                }
            } while (!ended && System.nanoTime() - failed < pace.watched().toNanos());
            watching.set(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hangs() {
        long now = System.nanoTime();
        return underWay.values().stream()
                .anyMatch(begun -> now - begun > pace.patience().toNanos());
    }
}
