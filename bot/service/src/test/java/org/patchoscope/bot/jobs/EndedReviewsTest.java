// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.TestDatabase;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.WorkTime;

/** Reviews that end before they are done: cancelled, in this process or another, out of time, or at the end of the process. */
@Timeout(120)
class EndedReviewsTest {
    private static final ReviewJobs.Pace FAST = new ReviewJobs.Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ZERO);

    private final Database database = kind().open();
    private final SeriesStore series = new SeriesStore(database, Clock.systemUTC());
    private final ReviewStore reviews = new ReviewStore(database, Clock.systemUTC());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsCancelledEndsAtOnceWithItsReasonAndWithoutAReview() throws Exception {
        try (ReviewJobs jobs = jobs(this::endless)) {
            long id = begin(jobs);
            assertThat(jobs.cancel(id)).isTrue();
            ended.await();
            StoredSeries after = series.find(id).orElseThrow();
            assertThat(after.state()).isEqualTo(SeriesState.NOT_REVIEWED);
            assertThat(after.reason()).isEqualTo(Reason.CANCELLED);
        }
        assertThat(reviews.totals().reviews()).isZero();
        assertThat(runs).as("what was cancelled is not tried again").hasValue(1);
    }

    @Test
    void whatAnotherProcessCancelsEndsHere() throws Exception {
        try (ReviewJobs jobs = jobs(this::endless);
                ReviewJobs pages = jobs(this::endless)) {
            long id = begin(jobs);
            assertThat(pages.cancel(id)).isTrue();
            ended.await();
        }
        assertThat(reviews.totals().reviews()).isZero();
    }

    /** As the command "base" has it. */
    @Test
    void whatIsToBeReviewedDifferentlyEndsAndBeginsAnew() throws Exception {
        try (ReviewJobs jobs = jobs((s, m, time) -> runs.get() == 0 ? endless(s, m, time) : demo())) {
            long id = begin(jobs);
            series.move(id, EnumSet.of(SeriesState.RUNNING), SeriesState.WAITING, Reason.NONE, "");
            ended.await();
            await(id, SeriesState.REVIEWED);
        }
        assertThat(reviews.totals().reviews()).isEqualTo(1);
    }

    @Test
    void aProcessThatEndsGivesItsReviewsBackWithinSeconds() throws Exception {
        long id;
        long start;
        try (ReviewJobs jobs = jobs(this::endless)) {
            id = begin(jobs);
            start = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.WAITING);

        try (ReviewJobs next = jobs((s, m, time) -> demo())) {
            next.start();
            await(id, SeriesState.REVIEWED);
        }
    }

    @Test
    void aReviewWhoseTimeIsUpIsKeptAsWhatItIs() throws Exception {
        Reviewer reviewer = (s, m, time) -> {
            try {
                return endless(s, m, time);
            } catch (TimeIsUp e) {
                return demo();
            }
        };
        try (ReviewJobs jobs = new ReviewJobs(
                database,
                series,
                reviews,
                reviewer,
                FAST,
                () -> new BoundedTime(Duration.ofMillis(300), "it was up", System::nanoTime))) {
            long id = begin(jobs);
            await(id, SeriesState.REVIEWED);
        }
        assertThat(reviews.totals().reviews()).isEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    private long begin(ReviewJobs jobs) throws InterruptedException {
        jobs.start();
        long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        jobs.order(id);
        begun.await();
        return id;
    }

    /** As a review asks between its steps. */
    private Outcome endless(StoredSeries s, byte[] mails, WorkTime time) throws InterruptedException {
        runs.incrementAndGet();
        begun.countDown();
        try {
            while (true) {
                time.check();
                Thread.sleep(20);
            }
        } finally {
            ended.countDown();
        }
    }

    private static Outcome demo() {
        return new Outcome.Reviewed(Fixtures.demoReview());
    }

    private ReviewJobs jobs(Reviewer reviewer) {
        return new ReviewJobs(database, series, reviews, reviewer, FAST, Fixtures::anHour);
    }

    private void await(long id, SeriesState state) throws InterruptedException {
        while (series.find(id).orElseThrow().state() != state) {
            Thread.sleep(50);
        }
    }
}
