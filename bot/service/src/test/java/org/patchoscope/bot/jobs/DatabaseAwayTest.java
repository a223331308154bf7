// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.KillableDatabase;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;

/** The database is killed while series are reviewed, and is away for a while: each ends reviewed once, by the same process. */
@Timeout(300)
class DatabaseAwayTest {
    private static final int SERIES = 24;
    private static final ReviewJobs.Pace FAST = new ReviewJobs.Pace(
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            Duration.ZERO);

    @TempDir
    private Path folder;

    @Test
    void whatWasUnderWayWhenItDiedIsDoneWhenItIsBack() throws Exception {
        try (KillableDatabase server = KillableDatabase.start(folder.resolve("postgresql"));
                Database database = Database.open(server.url(), "postgres", "")) {
            SeriesStore series = new SeriesStore(database, Clock.systemUTC());
            ReviewStore reviews = new ReviewStore(database, Clock.systemUTC());
            try (ReviewJobs jobs = new ReviewJobs(
                    database,
                    series,
                    reviews,
                    (s, m, time) -> {
                        Thread.sleep(200);
                        return new Outcome.Reviewed(Fixtures.demoReview());
                    },
                    FAST,
                    Fixtures::anHour)) {
                for (int i = 0; i < SERIES; i++) {
                    jobs.order(series.add(Fixtures.series("entry: Tidy up " + i, 1))
                            .id());
                }
                jobs.start();
                for (int kills = 1; kills <= 3; kills++) {
                    await(series, 4 * kills);
                    server.kill();
                    Thread.sleep(1_500);
                    server.startAgain();
                }
                await(series, SERIES);
            }
            assertThat(reviews.totals().reviews()).isEqualTo(SERIES);
        }
    }

    private static void await(SeriesStore series, int reviewed) throws InterruptedException {
        while (series.count(SeriesState.REVIEWED) < reviewed) {
            Thread.sleep(50);
        }
    }
}
