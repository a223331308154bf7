// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.KillableDatabase;

/**
 * PostgreSQL is killed while the whole service works, and is away for a while: nothing is lost, and nothing sent twice, by the
 * same process. By default for 5 seconds each time; {@code -Dpatchoscope.away=70} for longer than a connection is waited for.
 */
@Timeout(900)
class PipelineDatabaseAwayTest extends KillTest {
    private static final int SECONDS = Integer.getInteger("patchoscope.away", 5);
    private static final int SERIES = 12;

    private List<String> address = List.of();

    @Override
    List<String> address() {
        return address;
    }

    @Override
    Database open() {
        return Database.open(address.getFirst(), "postgres", "");
    }

    @Test
    @Override
    void everySeriesIsReviewedOnceAndNoReplySentTwice() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        try (KillableDatabase postgresql = KillableDatabase.start(folder.resolve("postgresql"))) {
            server.start();
            address = List.of(postgresql.url());
            KilledChild.prepare(folder);
            for (int i = 1; i <= SERIES; i++) {
                mail(i);
            }
            List<String> failures = new CopyOnWriteArrayList<>();
            Process child = start("patient", server.getSmtp().getPort(), SERIES);
            try (BufferedReader said = child.inputReader()) {
                for (String step : List.of("review", "send")) {
                    String line = said.readLine();
                    while (line != null && !line.equals(step)) {
                        line = said.readLine();
                    }
                    postgresql.kill();
                    Thread.sleep(1_000L * SECONDS);
                    postgresql.startAgain();
                }
                Thread reader = Thread.ofVirtual()
                        .start(() ->
                                said.lines().filter(l -> l.startsWith("failed")).forEach(failures::add));
                assertThat(child.waitFor(4, TimeUnit.MINUTES))
                        .as("its errors: %s", failures)
                        .isTrue();
                reader.join();
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.exitValue()).isZero();
            check(server, SERIES);
        } finally {
            server.stop();
        }
    }
}
