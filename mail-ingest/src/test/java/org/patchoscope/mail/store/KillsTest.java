// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes that are killed at random times from their first millisecond on: the next one finds a store with all that was told
 * to be stored, each mail once. {@code -Dpatchoscope.kills=N} is how often for each work and database; prints a table.
 */
final class KillsTest {
    private static final int KILLS = Integer.getInteger("patchoscope.kills", 2);
    /** Mails of a store of an earlier version. */
    private static final int OLD_MAILS = 2000;

    private static final StringBuilder TABLE =
            new StringBuilder("| database | work | kills | before a mail | half made beside | mails |\n");

    static Stream<Arguments> works() {
        return Stream.of(TestDatabase.values())
                .flatMap(d -> Stream.of(StoreChild.Work.values()).map(w -> Arguments.of(d, w)));
    }

    @AfterAll
    static void report() {
        System.out.print(TABLE);
    }

    @ParameterizedTest
    @MethodSource("works")
    void nothingIsLostOrRepeated(TestDatabase database, StoreChild.Work work, @TempDir Path folder) throws Exception {
        Random random = new Random((database.name() + work.name()).hashCode());
        long whole = milliseconds(work, database.empty(folder.resolve("tried")));
        int empty = 0;
        int beside = 0;
        long stored = 0;
        StoreLocation location = database.empty(folder.resolve("first"));
        for (int kill = 0; kill < KILLS; kill++) {
            if (work == StoreChild.Work.UPGRADE) {
                fill(location);
                makeOld(location, 1 + kill % 2);
            } else if (kill % 4 == 0) {
                location = database.empty(folder.resolve("new" + kill));
            }
            Process child = child(location, work);
            child.waitFor(random.nextLong(kill % 2 == 0 ? whole : 2 * whole), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            beside += halfMade(location) ? 1 : 0;
            long mails = check(location);
            if (work == StoreChild.Work.UPGRADE) {
                assertThat(mails).isEqualTo(OLD_MAILS);
            }
            empty += mails == 0 ? 1 : 0;
            stored += mails;
        }
        TABLE.append("| " + database + " | " + work + " | " + KILLS + " | " + empty + " | " + beside + " | " + stored
                + " |\n");
    }

    /** How long it takes from the start of a process until it has stored something, or opened the store. */
    private static long milliseconds(StoreChild.Work work, StoreLocation location) throws Exception {
        if (work == StoreChild.Work.UPGRADE) {
            fill(location);
            makeOld(location, 1);
        }
        long start = System.nanoTime();
        Process child = child(location, work);
        try (BufferedReader out = child.inputReader()) {
            String line = out.readLine();
            while (line != null && line.equals("stored 0")) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } finally {
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            check(location);
        }
    }

    static Process child(StoreLocation location, StoreChild.Work work) throws IOException {
        String where = location instanceof StoreLocation.Directory(Path path) ? path.toString() : location.toString();
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StoreChild.class.getName(),
                        where,
                        work.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static boolean halfMade(StoreLocation location) {
        return location instanceof StoreLocation.Directory(Path path) && Files.exists(path.resolve("making"));
    }

    /** Opens the store as the next process does; returns how many mails are in it. */
    private static long check(StoreLocation location) throws Exception {
        try (MailStore store = MailStore.open(location, Duration.ofSeconds(10), Clock.systemUTC())) {
            String position = store.position("endless");
            long mails = position.isEmpty() ? 0 : Long.parseLong(position);
            StoreStatistics all = store.archive().statistics();
            assertThat(all.mails()).isEqualTo(mails);
            assertThat(all.inSeries()).isEqualTo(mails);
            assertThat(all.repeated()).isZero();
            assertThat(store.archive().series(List.of(), Archive.Parts.ANY, 1_000_000))
                    .hasSize((int) (mails + 3) / 4);
            return mails;
        }
    }

    private static void fill(StoreLocation location) throws Exception {
        try (MailStore store = MailStore.open(location, Duration.ZERO, Clock.systemUTC())) {
            if (store.position("endless").isEmpty()) {
                new Importer(store, stored -> {}).run(new StoreChild.Mails(OLD_MAILS));
            }
        }
    }

    /** Makes it a store as an earlier version left it: what the later migrations made is taken away again. */
    private static void makeOld(StoreLocation location, int version) throws Exception {
        try (Connection connection = connect(location);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table source_position drop column mails");
            statement.execute("alter table source_position drop column last_mail");
            statement.execute("drop index mail_automatic");
            statement.execute("drop index mail_loner_sent");
            statement.execute("create index mail_loner on mail (loner)");
            if (version == 1) {
                statement.execute("drop table mail_command");
            }
            statement.execute("delete from \"flyway_schema_history\" where \"installed_rank\" > " + version);
        }
    }

    private static Connection connect(StoreLocation location) throws SQLException {
        Properties login = new Properties();
        return switch (location) {
            case StoreLocation.Directory directory -> Database.connect(Database.url(directory.path()), login);
            case StoreLocation.Server server -> {
                login.setProperty("user", server.user());
                yield Database.connect(server.url(), login);
            }
        };
    }
}
