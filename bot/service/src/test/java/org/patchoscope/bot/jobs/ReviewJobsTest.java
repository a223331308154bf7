// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.Sql;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.TestDatabase;

@Timeout(120)
class ReviewJobsTest {
    private static final ReviewJobs.Pace FAST = new ReviewJobs.Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ZERO);

    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;

    ReviewJobsTest() {
        database = kind().open();
        series = new SeriesStore(database, Clock.systemUTC());
        reviews = new ReviewStore(database, Clock.systemUTC());
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWaitsIsReviewedOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (ReviewJobs jobs = jobs((s, m, time) -> {
            runs.incrementAndGet();
            return new Outcome.Reviewed(Fixtures.demoReview());
        })) {
            jobs.start();
            Intake intake = new Intake(series, jobs, Clock.systemUTC());
            byte[] mbox =
                    Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c").getBytes(StandardCharsets.UTF_8);
            Intake.Taken first = intake.take(new ByteArrayInputStream(mbox), "test");
            Intake.Taken second = intake.take(new ByteArrayInputStream(mbox), "test");
            assertThat(first.series())
                    .singleElement()
                    .satisfies(s -> assertThat(s.isNew()).isTrue());
            assertThat(second.series())
                    .singleElement()
                    .satisfies(s -> assertThat(s.isNew()).isFalse());
            await(first.series().getFirst().id(), SeriesState.REVIEWED);
            Thread.sleep(700);
        }
        assertThat(runs).hasValue(1);
        assertThat(reviews.totals().reviews()).isEqualTo(1);
    }

    /** An archive that is read for the first time is no reason for the newest series to wait. */
    @Test
    void theNewestPostingComesFirst() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (ReviewJobs jobs = jobs((s, m, time) -> {
            order.add(s.title());
            return new Outcome.Refused(Reason.NOT_ON_ENTRY_PATH, "");
        })) {
            Intake intake = new Intake(series, jobs, Clock.systemUTC());
            for (int day = 10; day < 22; day++) {
                String mail = Fixtures.mail("entry: Of day " + day, 1, "kernel/entry/common.c")
                        .replace("Mon, 14 Sep", (day % 2 == 0 ? day : 31 - day) + " Sep");
                intake.take(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), "test");
            }
            jobs.start();
            while (order.size() < 12) {
                Thread.sleep(50);
            }
        }
        // Two work side by side, and one may be held up for long: of the six newest most come before the six oldest.
        assertThat(places(order, 20, 11, 18, 13, 16, 15)).isLessThan(places(order, 14, 17, 12, 19, 10, 21));
    }

    private static int places(List<String> order, int... days) {
        return IntStream.of(days).map(d -> order.indexOf("entry: Of day " + d)).sum();
    }

    @Test
    void aFailureIsTriedAgainAndTheLastOneIsTold() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (ReviewJobs jobs = jobs((s, m, time) -> {
            if (runs.incrementAndGet() < 3) {
                throw new IOException("the disk is full");
            }
            return new Outcome.Reviewed(Fixtures.demoReview());
        })) {
            jobs.start();
            long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
            await(id, SeriesState.REVIEWED);
            assertThat(series.find(id).orElseThrow().attempts()).isEqualTo(3);
        }
    }

    @Test
    void whatNeverWorksEndsWithAReason() throws Exception {
        try (ReviewJobs jobs = jobs((s, m, time) -> {
            throw new IOException("broken");
        })) {
            jobs.start();
            long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
            await(id, SeriesState.NOT_REVIEWED);
            assertThat(series.find(id).orElseThrow().reason()).isEqualTo(Reason.INTERNAL);
        }
    }

    @Test
    void aRefusalIsFinalAndSaysWhy() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (ReviewJobs jobs = jobs((s, m, time) -> {
            runs.incrementAndGet();
            return new Outcome.Refused(Reason.DOES_NOT_APPLY, "kernel/entry/common.c, hunk 2");
        })) {
            jobs.start();
            long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
            await(id, SeriesState.NOT_REVIEWED);
            StoredSeries s = series.find(id).orElseThrow();
            assertThat(s.reason()).isEqualTo(Reason.DOES_NOT_APPLY);
            assertThat(s.detail()).isEqualTo("kernel/entry/common.c, hunk 2");
            Thread.sleep(700);
        }
        assertThat(runs).hasValue(1);
    }

    /** What a worker that was killed during a review leaves in the database. */
    @Test
    void anotherWorkerTakesUpWhatADeadOneLeft() throws Exception {
        long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        series.move(id, EnumSet.of(SeriesState.WAITING), SeriesState.RUNNING, Reason.NONE, "");
        Instant longAgo = Clock.systemUTC().instant().minus(Duration.ofHours(1));
        database.transact(c -> new Sql(c)
                .update(
                        "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,"
                                + " last_heartbeat, version) values ('review', ?, ?, true, 'killed', ?, 1)",
                        Long.toString(id),
                        longAgo,
                        longAgo));
        try (ReviewJobs alive = jobs((s, m, time) -> new Outcome.Reviewed(Fixtures.demoReview()))) {
            alive.start();
            await(id, SeriesState.REVIEWED);
        }
        assertThat(series.find(id).orElseThrow().attempts()).isEqualTo(2);
        assertThat(reviews.totals().reviews()).isEqualTo(1);
    }

    /** A worker that was taken for dead but lived, and the one that took its series up. */
    @Test
    void ofTwoReviewsOfOneSeriesTheLaterAttemptCounts() {
        EnumSet<SeriesState> all = EnumSet.allOf(SeriesState.class);
        long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        series.move(id, all, SeriesState.RUNNING, Reason.NONE, "");
        series.move(id, all, SeriesState.RUNNING, Reason.NONE, "");
        assertThat(reviews.add(id, 1, Fixtures.demoReview())).isEmpty();
        assertThat(reviews.add(id, 2, Fixtures.demoReview())).isPresent();
        assertThat(reviews.add(id, 2, Fixtures.demoReview())).isEmpty();
        assertThat(reviews.totals().reviews()).isEqualTo(1);
    }

    @Test
    void aSeriesThatStaysIncompleteIsNotReviewedAndSaysWhatIsMissing() throws Exception {
        SeriesStore impatient = new SeriesStore(database, Clock.systemUTC(), Duration.ofMillis(1));
        AtomicInteger runs = new AtomicInteger();
        Reviewer reviewer = (s, m, time) -> {
            runs.incrementAndGet();
            return new Outcome.Reviewed(Fixtures.demoReview());
        };
        try (ReviewJobs jobs = new ReviewJobs(database, impatient, reviews, reviewer, FAST, Fixtures::anHour)) {
            long id = impatient
                    .add(Fixtures.mailed(Fixtures.mail("entry: Half", 1, "kernel/entry/common.c")
                            .replace("[PATCH]", "[PATCH 1/3]")))
                    .id();
            jobs.start();
            await(id, SeriesState.NOT_REVIEWED);
            assertThat(series.find(id).orElseThrow().reason()).isEqualTo(Reason.INCOMPLETE);
            assertThat(series.find(id).orElseThrow().detail()).isEqualTo("parts 2, 3 of 3");
        }
        assertThat(runs).hasValue(0);
    }

    @Test
    void aSeriesThatEndsEveryProcessIsGivenUp() throws Exception {
        EnumSet<SeriesState> all = EnumSet.allOf(SeriesState.class);
        long id = series.add(Fixtures.series("entry: Tidy up", 1)).id();
        for (int i = 0; i < 20; i++) {
            series.move(id, all, SeriesState.RUNNING, Reason.NONE, "");
        }
        try (ReviewJobs jobs = jobs((s, m, time) -> new Outcome.Reviewed(Fixtures.demoReview()))) {
            jobs.start();
            await(id, SeriesState.NOT_REVIEWED);
        }
        assertThat(reviews.totals().reviews()).isZero();
    }

    @Test
    void onlySeriesOnEntryPathsConcernUs() {
        Relevance shipped = Relevance.SHIPPED;
        assertThat(shipped.concerns(
                        Fixtures.series("a", 1, "arch/arm64/kernel/syscall.c").series()))
                .isTrue();
        assertThat(shipped.concerns(
                        Fixtures.series("b", 1, "include/linux/entry-common.h").series()))
                .isTrue();
        assertThat(shipped.concerns(
                        Fixtures.series("c", 1, "drivers/gpu/drm/drm_file.c").series()))
                .isFalse();
    }

    private ReviewJobs jobs(Reviewer reviewer) {
        return new ReviewJobs(database, series, reviews, reviewer, FAST, Fixtures::anHour);
    }

    private void await(long id, SeriesState state) throws InterruptedException {
        while (!EnumSet.of(state).contains(series.find(id).orElseThrow().state())) {
            Thread.sleep(50);
        }
    }
}
