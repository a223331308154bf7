// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

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
public final class ReadWatch {
    /**
     * How it looks.
     *
     * @param patience after which something does not come back any more
     * @param pause between two looks
     * @param watched for how long after a failure
     */
    public record Pace(Duration patience, Duration pause, Duration watched) {
        /** A minute, for the five that follow a failure. */
        public static final Pace USUAL = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(5));
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
    public ReadWatch(Pace pace, Runnable unreadable) {
        this.pace = pace;
        this.unreadable = unreadable;
    }

    /** The number to say that it came back by. */
    private long begins() {
        long out = number.incrementAndGet();
        underWay.put(out, System.nanoTime());
        return out;
    }

    private void cameBack(long begun) {
        underWay.remove(begun);
    }

    /**
     * Asks, and looks whether it comes back.
     *
     * @param <T> what comes back
     * @param <E> what may go wrong
     */
    public <T, E extends Exception> T ask(Asked<T, E> asked) throws E {
        long begun = begins();
        try {
            return asked.answer();
        } finally {
            cameBack(begun);
        }
    }

    /** Something that is asked of the database. */
    @FunctionalInterface
    public interface Asked<T, E extends Exception> {
        /** What comes of it. */
        T answer() throws E;
    }

    /** That something failed. */
    public void failed() {
        failed = System.nanoTime();
        if (watching.compareAndSet(false, true)) {
            Thread.ofPlatform().name("store watch").daemon().start(this::watch);
        }
    }

    /** Looks no more: the store is closed. */
    public void end() {
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
