// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks for a while, after the embedded database failed, whether it can still be read. H2 2.4.240 may let nobody in any more
 * after a write that failed: threads spin in {@code MVStore.registerVersionUsage()}, with no error and no end. A read that
 * fails is no such thing: it may go well when there is room again.
 */
final class ReadWatch {
    private static final Logger LOG = Logger.getLogger(ReadWatch.class);

    /** A read, on a connection of its own: those of the pool may all be held by threads that hang. */
    interface Read {
        /** Reads anything. */
        void read() throws SQLException;
    }

    /**
     * How it looks.
     *
     * @param patience after which a read does not come back any more
     * @param pause between two reads
     * @param watched for how long after a failure
     */
    record Pace(Duration patience, Duration pause, Duration watched) {
        static final Pace USUAL = new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    private final Read read;
    private final Pace pace;
    private final Runnable unreadable;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile long failed;
    private volatile boolean ended;

    /**
     * Makes one.
     *
     * @param unreadable what is to be done when a read did not come back; once
     */
    ReadWatch(Read read, Pace pace, Runnable unreadable) {
        this.read = read;
        this.pace = pace;
        this.unreadable = unreadable;
    }

    /** That something failed; costs nothing. */
    void failed() {
        failed = System.nanoTime();
        if (watching.compareAndSet(false, true)) {
            Thread.ofPlatform().name("store watch").daemon().start(this::watch);
        }
    }

    /** Looks no more: the store is closed, and a read would open it again. */
    void end() {
        ended = true;
    }

    private void watch() {
        try {
            do {
                Thread reader = Thread.ofPlatform().name("store read").daemon().start(this::look);
                if (!reader.join(pace.patience()) && !ended) {
                    unreadable.run();
                    return;
                }
                Thread.sleep(pace.pause());
            } while (!ended && System.nanoTime() - failed < pace.watched().toNanos());
            watching.set(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            read.read();
        } catch (SQLException e) {
            LOG.debug("the store cannot be read now", e);
        }
    }
}
