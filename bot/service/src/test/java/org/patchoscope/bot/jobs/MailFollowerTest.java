// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.TestDatabase;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Maintainers;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** What is imported into a store of mail is taken in, once, by whoever follows that store. */
@Timeout(120)
class MailFollowerTest {
    private static final EnumSet<SeriesState> ALL = EnumSet.allOf(SeriesState.class);
    private static final ReviewJobs.Pace SLOW = new ReviewJobs.Pace(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);

    @TempDir
    private Path folder;

    private final Database database;
    private final SeriesStore series;
    private final MailSources sources;

    MailFollowerTest() {
        database = kind().open();
        series = new SeriesStore(database, Clock.systemUTC());
        sources = new MailSources(database);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsImportedIsTakenOnce() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        assertThat(follower.look()).as("no store yet").isZero();
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c"));
        assertThat(follower.look()).isEqualTo(1);
        assertThat(follower.look()).isZero();
        assertThat(follower(Instant.EPOCH).look()).as("after a restart").isZero();
        assertThat(series.in(ALL, 9)).singleElement().satisfies(s -> {
            assertThat(s.title()).isEqualTo("entry: Tidy up");
            assertThat(s.source()).isEqualTo(StoredSeries.MAIL);
            assertThat(s.state()).isEqualTo(SeriesState.WAITING);
        });
    }

    @Test
    void aLaterVersionSupersedesAWaitingEarlierOne() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c"));
        follower.look();
        mail(Fixtures.mail("entry: Tidy up", 2, "kernel/entry/common.c"));
        follower.look();
        List<StoredSeries> versions =
                series.ofTopic(series.find(1).orElseThrow().topic());
        assertThat(versions).extracting(StoredSeries::version).containsExactly(1, 2);
        assertThat(versions).extracting(StoredSeries::reason).containsExactly(Reason.SUPERSEDED, Reason.NONE);
    }

    @Test
    void anEarlierVersionThatIsReadAfterALaterOneIsNotReviewed() throws Exception {
        mail(Fixtures.mail("entry: Tidy up", 2, "kernel/entry/common.c"));
        follower(Instant.EPOCH).look();
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c"));
        follower(Instant.EPOCH).look();
        assertThat(series.ofTopic(1)).extracting(StoredSeries::reason).containsExactly(Reason.SUPERSEDED, Reason.NONE);
    }

    @Test
    void aLatePartWakesItsSeries() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        mail(part(1, ""));
        follower.look();
        long id = series.in(ALL, 9).getFirst().id();
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.AWAITING_PARTS);
        assertThat(series.find(id).orElseThrow().detail()).isEqualTo("part 2 of 2");
        assertThat(series.giveUpWaiting()).as("the deadline is not over").isZero();
        mail(part(2, "In-Reply-To: <part1@example.org>\n"));
        assertThat(follower.look()).isEqualTo(1);
        StoredSeries whole = series.find(id).orElseThrow();
        assertThat(whole.state()).isEqualTo(SeriesState.WAITING);
        assertThat(whole.reason()).isEqualTo(Reason.NONE);
        assertThat(series.patches(id)).hasSize(2);
        assertThat(whole.detail()).isEmpty();
        assertThat(series.in(ALL, 9)).as("it keeps its page").hasSize(1);
    }

    @Test
    void aPartThatComesAfterTheDeadlineStillWakesItsSeries() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        mail(part(1, ""));
        follower.look();
        long id = series.in(ALL, 9).getFirst().id();
        Clock tomorrow = Clock.offset(Clock.systemUTC(), SeriesStore.PATIENCE.plusSeconds(1));
        assertThat(new SeriesStore(database, tomorrow).giveUpWaiting()).isEqualTo(1);
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.NOT_REVIEWED);
        assertThat(series.find(id).orElseThrow().reason()).isEqualTo(Reason.INCOMPLETE);
        assertThat(series.find(id).orElseThrow().detail()).isEqualTo("part 2 of 2");
        mail(part(2, "In-Reply-To: <part1@example.org>\n"));
        assertThat(follower.look()).isEqualTo(1);
        assertThat(series.find(id).orElseThrow().state()).isEqualTo(SeriesState.WAITING);
        assertThat(series.find(id).orElseThrow().reason()).isEqualTo(Reason.NONE);
    }

    @Test
    void theDeadlineIsCountedFromTheFirstPart() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        mail(part(1, "").replace("1/2", "1/3"));
        follower.look();
        StoredSeries first = series.in(ALL, 9).getFirst();
        mail(part(2, "In-Reply-To: <part1@example.org>\n").replace("2/2", "2/3"));
        follower.look();
        StoredSeries second = series.in(ALL, 9).getFirst();
        assertThat(second.detail()).isEqualTo("part 3 of 3");
        assertThat(series.waitsUntil(second))
                .isEqualTo(series.waitsUntil(first))
                .isPresent();
    }

    @Test
    void aLaterVersionTakesThePlaceOfOneThatWaitsForParts() throws Exception {
        MailFollower follower = follower(Instant.EPOCH);
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c").replace("[PATCH]", "[PATCH 1/2]"));
        follower.look();
        mail(Fixtures.mail("entry: Tidy up", 2, "kernel/entry/common.c"));
        follower.look();
        assertThat(series.ofTopic(1)).extracting(StoredSeries::reason).containsExactly(Reason.SUPERSEDED, Reason.NONE);
    }

    @Test
    void lessOfWhatIsThereChangesNothing() throws Exception {
        mail(part(1, ""));
        mail(part(2, "In-Reply-To: <part1@example.org>\n"));
        follower(Instant.EPOCH).look();
        Intake.Taken again =
                intake().take(new ByteArrayInputStream(part(1, "").getBytes(StandardCharsets.UTF_8)), "submit");
        assertThat(again.series())
                .singleElement()
                .satisfies(s -> assertThat(s.isNew()).isFalse());
        assertThat(series.in(ALL, 9)).hasSize(1);
    }

    @Test
    void whatWasPostedBeforeADayIsPassedOver() throws Exception {
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c"));
        assertThat(follower(Instant.parse("2026-09-15T00:00:00Z")).look()).isZero();
        assertThat(follower(Instant.parse("2026-09-14T00:00:00Z")).look()).isEqualTo(1);
    }

    @Test
    void itIsKnownWhenEachSourceLastHadMail() throws Exception {
        mail(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c"));
        follower(Instant.EPOCH).look();
        assertThat(sources.all()).singleElement().satisfies(s -> {
            assertThat(s.name()).startsWith("mbox ");
            assertThat(s.mails()).isEqualTo(1);
            assertThat(s.last()).isEqualTo(Instant.parse("2026-09-14T08:00:00Z"));
        });
    }

    private static String part(int number, String header) {
        return Fixtures.mail("entry: Part " + number, 1, "kernel/entry/common.c")
                .replace("[PATCH]", "[PATCH " + number + "/2]")
                .replaceFirst("Message-ID: .*\n", "Message-ID: <part" + number + "@example.org>\n" + header);
    }

    private StoreLocation location() {
        return new StoreLocation.Directory(folder.resolve("mail"));
    }

    private Intake intake() {
        ReviewJobs jobs = new ReviewJobs(
                database,
                series,
                new ReviewStore(database, Clock.systemUTC()),
                (s, m, time) -> new Outcome.Refused(Reason.INTERNAL, ""),
                SLOW,
                Fixtures::anHour);
        return new Intake(series, jobs, Clock.systemUTC());
    }

    private MailFollower follower(Instant since) {
        return new MailFollower(
                location(),
                sources,
                intake(),
                List.of(new CommandIntake(
                        new CommandStore(database, Clock.systemUTC()),
                        new CommandRights(CommandPolicy.DEFAULT, Maintainers.NONE),
                        Clock.systemUTC())),
                since,
                Clock.systemUTC(),
                () -> {});
    }

    private void mail(String mbox) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "mail", ".mbox"), mbox);
        try (MailStore store = MailStore.open(location());
                MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(file.toString())) {
            new Importer(store, n -> {}).run(feed);
        }
    }
}
