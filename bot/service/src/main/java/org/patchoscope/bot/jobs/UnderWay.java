// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** The reviews that this process makes at the moment, with their time: each can be ended from outside. */
final class UnderWay {
    private record Running(int attempt, BoundedTime time) {}

    private final Map<Long, Running> running = new ConcurrentHashMap<>();
    private final Supplier<BoundedTime> time;
    private volatile boolean closed;

    /** {@code time} begins the time of one review. */
    UnderWay(Supplier<BoundedTime> time) {
        this.time = time;
    }

    /**
     * A review begins.
     *
     * @throws WorkCancelled if none may begin any more
     */
    WorkTime begin(StoredSeries series) {
        BoundedTime own = time.get();
        running.put(series.id(), new Running(series.attempts(), own));
        if (closed) {
            own.cancel();
            own.check();
        }
        return own;
    }

    void end(long series) {
        running.remove(series);
    }

    /** Ends the review of a series, if it is made here. */
    void cancel(long series) {
        Optional.ofNullable(running.get(series)).ifPresent(r -> r.time().cancel());
    }

    /** Ends what another process, or somebody who has asked for something else, wants no more. */
    void cancelUnwanted(LongFunction<Optional<StoredSeries>> find) {
        running.forEach((id, r) -> {
            boolean wanted = find.apply(id)
                    .filter(s -> s.state() == SeriesState.RUNNING && s.attempts() == r.attempt())
                    .isPresent();
            if (!wanted) {
                r.time().cancel();
            }
        });
    }

    /** Ends all, and whatever would begin from now on. */
    void close() {
        closed = true;
        running.values().forEach(r -> r.time().cancel());
    }

    boolean isClosed() {
        return closed;
    }
}
