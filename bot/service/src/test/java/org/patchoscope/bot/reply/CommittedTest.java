// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** That a mail was taken to be sent is on the disk before the mail server is asked: else a killed process sends it again. */
@Timeout(60)
class CommittedTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasTakenIsTakenAlsoWhenTheProcessDiesAtOnce() throws Exception {
        try (Database database = Database.embedded(folder)) {
            Clock clock = Clock.systemUTC();
            long series = new SeriesStore(database, clock)
                    .add(Fixtures.series("entry: Tidy up", 1))
                    .id();
            long review = new ReviewStore(database, clock).add(series, Fixtures.demoReview());
            new Outbox(database, clock)
                    .keep(
                            review,
                            series,
                            "list@lists.example.org",
                            ReplyState.QUEUED,
                            List.of(),
                            Optional.of(new ReplyMail(
                                    "r@x", List.of("jo@example.org"), "Text".getBytes(StandardCharsets.US_ASCII))),
                            clock.instant());
        }
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakesAndDies.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(child.waitFor()).isEqualTo(TakesAndDies.TAKEN);
        try (Database database = Database.embedded(folder)) {
            assertThat(new Outbox(database, Clock.systemUTC())
                            .find(1)
                            .orElseThrow()
                            .state())
                    .isEqualTo(ReplyState.SENDING);
        }
    }

    /** Takes the first reply, and is gone. */
    static final class TakesAndDies {
        static final int TAKEN = 42;

        private TakesAndDies() {}

        public static void main(String[] arguments) {
            Database database = Database.embedded(Path.of(arguments[0]));
            boolean taken = new Outbox(database, Clock.systemUTC()).take(1);
            Runtime.getRuntime().halt(taken ? TAKEN : 1);
        }
    }
}
