// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoreException;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.WorkCancelled;

/**
 * Reviews what waits. A series in the store that waits is the order; the job only carries it out. So a job that was lost (a
 * process died between keeping the series and making its job) is made again by a sweep, and a job whose series is done does
 * nothing. A worker that dies is noticed by its missing heartbeat, and its series is taken up by another.
 */
public final class ReviewJobs implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ReviewJobs.class);

    private static final Set<SeriesState> OPEN = EnumSet.of(SeriesState.WAITING, SeriesState.RUNNING);
    private static final int MOST_ATTEMPTS = 5;
    /** A process that dies counts no failure; a series that kills each that reviews it must not do so for ever. */
    private static final int MOST_BEGUN = 20;

    private static final int SWEPT = 1_000;
    private static final Instant MIDDLE = Instant.parse("2027-01-01T00:00:00Z");

    /**
     * How often things are looked at.
     *
     * @param poll for jobs that are due
     * @param heartbeat of a worker; four missed ones are a death
     * @param sweep for series without a job
     * @param backOff after the first failure; doubled after each further one
     * @param settle from when a series came to its review: a later version may come with it
     */
    public record Pace(Duration poll, Duration heartbeat, Duration sweep, Duration backOff, Duration settle) {
        /** For a service. */
        public static final Pace USUAL = new Pace(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    private final SeriesStore series;
    private final ReviewStore reviews;
    private final Reviewer reviewer;
    private final Pace pace;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final UnderWay underWay;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reviews-watch").daemon().factory());

    /** Makes what reviews; {@code time} begins the time of one review. */
    public ReviewJobs(
            Database database,
            SeriesStore series,
            ReviewStore reviews,
            Reviewer reviewer,
            Pace pace,
            Supplier<BoundedTime> time) {
        underWay = new UnderWay(time);
        this.series = series;
        this.reviews = reviews;
        this.reviewer = reviewer;
        this.pace = pace;
        task = Tasks.oneTime("review")
                .onFailure(this::failed)
                .onDeadExecution(this::died)
                .execute((instance, context) -> run(Long.parseLong(instance.getId())));
        RecurringTask<Void> sweep =
                Tasks.recurring("sweep", FixedDelay.of(pace.sweep())).execute((instance, context) -> sweep());
        // One review takes all processors for its compilers already.
        scheduler = Scheduler.create(database.source(), task)
                .startTasks(sweep)
                .threads(2)
                .pollingInterval(pace.poll())
                .heartbeatInterval(pace.heartbeat())
                .missedHeartbeatsLimit(4)
                .enableImmediateExecution()
                .enablePriority()
                .shutdownMaxWait(Duration.ofSeconds(20))
                .build();
    }

    /** Begins to work. */
    public void start() {
        scheduler.start();
        long millis = pace.poll().toMillis();
        var _ = watch.scheduleWithFixedDelay(this::endUnwanted, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Has a series reviewed that waits in the store; of several the one that was posted last comes first. */
    public void order(long id) {
        series.find(id).filter(s -> OPEN.contains(s.state())).ifPresent(this::order);
    }

    /** Has a series reviewed once more that is done with; whether it is. */
    public boolean rerun(long id) {
        boolean again = series.again(id);
        if (again) {
            order(id);
        }
        return again;
    }

    /** Has a series not reviewed; whether it was about to be. What is under way ends, wherever it is. */
    public boolean cancel(long id) {
        boolean cancelled = series.move(
                id,
                EnumSet.of(SeriesState.WAITING, SeriesState.RUNNING, SeriesState.AWAITING_PARTS),
                SeriesState.NOT_REVIEWED,
                Reason.CANCELLED,
                "");
        if (cancelled) {
            underWay.cancel(id);
        }
        return cancelled;
    }

    /** Others share the database: what was cancelled there, or is to be reviewed differently, is seen in it alone. */
    private void endUnwanted() {
        try {
            underWay.cancelUnwanted(series::find);
        } catch (StoreException e) {
            LOG.debugf(e, "whether reviews under way are still wanted is asked again");
        }
    }

    private void order(StoredSeries s) {
        scheduler.scheduleIfNotExists(
                task.instanceBuilder(Long.toString(s.id())).priority(urgency(s)).build(),
                s.changed().plus(pace.settle()));
    }

    /**
     * Hours from a day in the middle of those that fit into a column of 16 bits: somebody waits for the newest, and nobody for what
     * an archive holds.
     */
    private static int urgency(StoredSeries s) {
        return Math.clamp(Duration.between(MIDDLE, s.posted()).toHours(), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private void sweep() {
        series.giveUpWaiting();
        series.in(OPEN, SWEPT).forEach(this::order);
    }

    @SuppressWarnings("JavaLangThrowsException")
    private void run(long id) {
        if (!series.move(id, OPEN, SeriesState.RUNNING, Reason.NONE, "")) {
            return;
        }
        StoredSeries stored = series.find(id).orElseThrow();
        if (stored.attempts() > MOST_BEGUN) {
            LOG.errorf("series %d: given up, for it ended %d processes that reviewed it", id, MOST_BEGUN);
            series.move(id, OPEN, SeriesState.NOT_REVIEWED, Reason.INTERNAL, "");
            return;
        }
        // For all that is logged from here on in this thread, where logs have fields.
        MDC.put("series", id);
        LOG.infof("series %d: review begins, attempt %d", id, stored.attempts());
        try {
            switch (reviewer.review(stored, series.mails(id), underWay.begin(stored))) {
                case Outcome.Reviewed r -> {
                    Optional<Long> review = reviews.add(id, stored.attempts(), r.review());
                    LOG.infof(
                            "series %d: review %s",
                            id, review.map(Object::toString).orElse("came too late"));
                }
                case Outcome.Refused r -> {
                    series.move(id, OPEN, SeriesState.NOT_REVIEWED, r.reason(), r.detail());
                    LOG.infof("series %d: not reviewed: %s %s", id, r.reason().text(), r.detail());
                }
            }
        } catch (WorkCancelled e) {
            // Moved only from RUNNING: what was cancelled by somebody has its reason already, or waits anew.
            boolean back = underWay.isClosed()
                    && series.move(id, EnumSet.of(SeriesState.RUNNING), SeriesState.WAITING, Reason.NONE, "");
            LOG.infof("series %d: review ended%s", id, back ? "; it waits again" : ", for it was cancelled");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            series.move(id, OPEN, SeriesState.WAITING, Reason.NONE, "");
            throw new IllegalStateException("stopped; the series waits again", e);
        } catch (Exception e) {
            throw new IllegalStateException("series " + id + ": " + e, e);
        } finally {
            underWay.end(id);
            MDC.remove("series");
        }
    }

    /** Its worker died: nobody reviews it now, and it waits for its turn. */
    private void died(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        long id = Long.parseLong(complete.getExecution().taskInstance.getId());
        LOG.warnf("series %d: its worker is gone; it waits again", id);
        series.move(id, EnumSet.of(SeriesState.RUNNING), SeriesState.WAITING, Reason.NONE, "");
        operations.reschedule(complete, Instant.now());
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        TaskInstance<?> instance = complete.getExecution().taskInstance;
        long id = Long.parseLong(instance.getId());
        int failures = complete.getExecution().consecutiveFailures + 1;
        LOG.warnf(complete.getCause().orElse(null), "series %d: attempt %d failed", id, failures);
        if (failures >= MOST_ATTEMPTS) {
            series.move(id, OPEN, SeriesState.NOT_REVIEWED, Reason.INTERNAL, "");
            operations.stop();
            return;
        }
        series.move(id, OPEN, SeriesState.WAITING, Reason.NONE, "");
        Duration wait = pace.backOff().multipliedBy(1L << Math.min(failures - 1, 10));
        operations.reschedule(complete, Instant.now().plus(wait));
    }

    /** Begins to end the reviews that are under way; their series wait again, for this process or another. */
    public void endReviews() {
        underWay.close();
    }

    /** Ends them, and waits for that; it takes seconds. Closing twice changes nothing. */
    @Override
    public void close() {
        endReviews();
        watch.shutdownNow();
        if (!stopped.getAndSet(true)) {
            scheduler.stop();
        }
    }
}
