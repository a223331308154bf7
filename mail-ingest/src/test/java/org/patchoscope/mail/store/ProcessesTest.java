// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store between processes: one at a time, and nothing lost or repeated when one is killed. */
final class ProcessesTest {
    private static MailStore open(Path folder) throws StoreException {
        return MailStore.open(new StoreLocation.Directory(folder), Duration.ZERO, Clock.systemUTC());
    }

    @Test
    void aKilledImportLosesNothingAndRepeatsNothing(@TempDir Path folder) throws Exception {
        for (int round = 1; round <= 2; round++) {
            Process child = KillsTest.child(new StoreLocation.Directory(folder), StoreChild.Work.IMPORT);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                for (int lines = 0; lines < 3 + round; lines++) {
                    assertThat(out.readLine()).startsWith("stored ");
                }
                assertThatThrownBy(() -> open(folder))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.advice()).contains("PostgreSQL"))
                        .hasMessage("another process has this store open");
            } finally {
                child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
            try (MailStore store = open(folder)) {
                long position = Long.parseLong(store.position("endless"));
                StoreStatistics all = store.archive().statistics();
                assertThat(position).isGreaterThan(500L * round);
                assertThat(all.mails()).isEqualTo(position);
                assertThat(all.inSeries()).isEqualTo(position);
                assertThat(all.repeated()).isZero();
                assertThat(store.archive().series(List.of(), Archive.Parts.ANY, 1_000_000))
                        .hasSize((int) (position + 3) / 4);
            }
        }
    }

    @Test
    void whatWasLeftHalfMadeIsMadeAnewOrFinished(@TempDir Path folder) throws Exception {
        Path half = Files.createDirectories(folder.resolve("half"));
        try (Connection made = Database.connect(Database.url(half), new Properties());
                Statement statement = made.createStatement()) {
            Database.flyway(Database.url(half), new Properties()).baseline();
            statement.execute("create table mail (id bigint primary key)");
        }
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.write(broken.resolve("mail.mv.db"), new byte[4096]);
        Path beside = Files.createDirectories(folder.resolve("beside").resolve("making"));
        Files.writeString(beside.resolve("mail.mv.db"), "rest");
        for (Path store : List.of(half, broken, beside.getParent())) {
            try (MailStore opened = open(store)) {
                assertThat(opened.archive().statistics().mails()).isZero();
            }
        }
    }

    @Test
    void aStoreOfAnEarlierVersionIsUpgradedWithItsMail(@TempDir Path folder) throws Exception {
        try (Connection old = Database.connect(Database.url(folder), new Properties());
                Statement statement = old.createStatement()) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(Database.url(folder), null, null)
                    .locations("classpath:org/patchoscope/mail/store")
                    .target("1")
                    .load()
                    .migrate();
            statement.execute("insert into source_position (source, position, repeated) values ('s', 'p', 0)");
        }
        try (MailStore opened = open(folder)) {
            assertThat(opened.position("s")).isEqualTo("p");
        }
    }
}
