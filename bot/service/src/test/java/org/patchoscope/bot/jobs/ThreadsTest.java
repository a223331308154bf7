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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** b4 takes trailers from replies: a thread is given away whole, however it came. */
class ThreadsTest {
    @TempDir
    private Path folder;

    private final Database database = Fixtures.database();
    private final SeriesStore series = new SeriesStore(database, Clock.systemUTC());
    private final ReviewStore reviews = new ReviewStore(database, Clock.systemUTC());

    @AfterEach
    void close() {
        database.close();
    }

    private static String patch() {
        return Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c");
    }

    private static String id(String mail) {
        return mail.replaceFirst("(?s).*Message-ID: <([^>]*)>.*", "$1");
    }

    private static String reply(String id, String parent, String root) {
        return """
                From mboxrd@z Thu Jan  1 00:00:00 1970
                From: Rev Iewer <rev@example.org>
                Date: Mon, 14 Sep 2026 11:00:00 +0200
                Subject: Re: [PATCH] entry: Tidy up
                Message-ID: <%s>
                In-Reply-To: <%s>
                References: <%s> <%s>

                > A changelog.

                From here on it is fine.

                Reviewed-by: Rev Iewer <rev@example.org>

                """.formatted(id, parent, root, parent);
    }

    private static String thread() {
        String root = id(patch());
        return patch() + "\n" + reply("r1@x", root, root) + reply("r2@x", "r1@x", root);
    }

    @Test
    void repliesThatWereHandedInAreGivenAway() throws Exception {
        Threads threads = threads();
        intake().take(new ByteArrayInputStream(thread().getBytes(StandardCharsets.UTF_8)), "submit");
        assertThat(ids(threads)).containsExactlyInAnyOrder(id(patch()), "r1@x", "r2@x");
    }

    @Test
    void repliesThatCameToTheStoreOfMailLaterAreGivenAwayToo() throws Exception {
        Threads threads = threads();
        intake().take(new ByteArrayInputStream(patch().getBytes(StandardCharsets.UTF_8)), "submit");
        assertThat(ids(threads)).containsExactly(id(patch()));
        Path file = Files.writeString(folder.resolve("later.mbox"), thread());
        try (MailStore store = MailStore.open(new StoreLocation.Directory(folder));
                MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(file.toString())) {
            new Importer(store, n -> {}).run(feed);
        }
        assertThat(ids(threads)).containsExactlyInAnyOrder(id(patch()), "r1@x", "r2@x");
    }

    private Intake intake() {
        return new Intake(series, jobs(), Clock.systemUTC());
    }

    private ReviewJobs jobs() {
        Duration never = Duration.ofHours(1);
        return new ReviewJobs(
                database,
                series,
                reviews,
                (s, m, t) -> new Outcome.Reviewed(Fixtures.demoReview()),
                new ReviewJobs.Pace(never, never, never, never, never),
                Fixtures::anHour);
    }

    private Threads threads() {
        return new Threads(series, new MailLookup(new StoreLocation.Directory(folder), Clock.systemUTC(), () -> {}));
    }

    private static List<String> ids(Threads threads) throws Exception {
        byte[] mbox = threads.of(new MessageId(id(patch()))).orElseThrow();
        Stream<Message> mails = MailSource.read(new ByteArrayInputStream(mbox), "a thread").stream();
        return mails.map(m -> m.id().value()).toList();
    }
}
