// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.TestDatabase;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;

/** From a review to a mail on a real SMTP server. */
class PostmanTest {
    @TempDir
    private Path directory;

    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final Outbox outbox;

    PostmanTest() {
        database = kind().open();
        series = new SeriesStore(database, clock);
        reviews = new ReviewStore(database, clock);
        outbox = new Outbox(database, clock);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        database.close();
    }

    @Test
    void aFindingIsToldOnceOnTheThread() throws Exception {
        long id = review("entry: Tidy up", "on");
        assertThat(outbox.find(id).orElseThrow().state()).isEqualTo(ReplyState.QUEUED);
        assertThat(postman().deliver()).isEqualTo(1);
        assertThat(postman().deliver()).isZero();
        assertThat(server.getReceivedMessages()).hasSize(2); // One to the author, one to the list.
        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Re: [PATCH] entry: Tidy up");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<" + rootOf("entry: Tidy up") + ">");
        assertThat(mail.getHeader("References")).containsExactly("<" + rootOf("entry: Tidy up") + ">");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(mail.getHeader("X-Patchwork-Hint")).containsExactly("ignore");
        assertThat(mail.getMessageID()).startsWith("<review-1.").endsWith("@bot.example.org>");
        assertThat(mail.getHeader("To", null)).isEqualTo("\"Jo Doe (Company)\" <jo@example.org>");
        assertThat(mail.getHeader("Cc", null)).isEqualTo("list@lists.example.org");
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getContent().toString().lines())
                .hasSizeLessThanOrEqualTo(40)
                // One line is there to be copied.
                .allSatisfy(
                        l -> assertThat(l.startsWith("  b4 ") ? 0 : l.length()).isLessThanOrEqualTo(72))
                .anyMatch(l -> l.contains("syscall_exit_work() is no longer called"))
                .contains("All of it: https://bot.example.org/r/1");
        assertThat(outbox.find(id).orElseThrow().state()).isEqualTo(ReplyState.SENT);
    }

    @Test
    void whatIsHeldGoesWhenAPersonLetsIt() throws Exception {
        long id = review("entry: Tidy up", "moderated");
        assertThat(postman().deliver()).isZero();
        assertThat(outbox.moderate(id, true)).isTrue();
        assertThat(outbox.moderate(id, true)).isFalse();
        assertThat(postman().deliver()).isEqualTo(1);
    }

    @Test
    void aListThatDidNotAskGetsNothing() throws Exception {
        long id = review("entry: Tidy up", "off");
        assertThat(outbox.find(id).orElseThrow().state()).isEqualTo(ReplyState.PREVIEW);
        assertThat(new String(outbox.message(id), StandardCharsets.UTF_8))
                .contains("Subject: Re: [PATCH] entry: Tidy up");
        assertThat(outbox.moderate(id, true)).isFalse();
        assertThat(postman().deliver()).isZero();
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAwayLosesNothing() throws Exception {
        long id = review("entry: Tidy up", "on");
        int port = server.getSmtp().getPort();
        server.stop();
        var away = new Postman.Server("127.0.0.1", port, "", "", Postman.Tls.NONE);
        assertThat(new Postman(outbox, away).deliver()).isZero();
        assertThat(outbox.find(id).orElseThrow().state()).isEqualTo(ReplyState.QUEUED);
        server.start();
        assertThat(postman().deliver()).isEqualTo(1);
    }

    @Test
    void whatADeadSenderTookIsNotSentAgain() throws Exception {
        long id = review("entry: Tidy up", "on");
        assertThat(outbox.take(id)).isTrue();
        assertThat(outbox.take(id)).isFalse();
        assertThat(postman().deliver()).isZero();
        new Outbox(database, Clock.offset(clock, Duration.ofHours(1))).abandon();
        assertThat(outbox.find(id).orElseThrow().state()).isEqualTo(ReplyState.UNCERTAIN);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void twoSendersSendOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            review("entry: Tidy up " + i, "on");
        }
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(Thread.ofPlatform().start(() -> postman().deliver()));
        }
        for (Thread t : senders) {
            t.join();
        }
        assertThat(server.getReceivedMessages()).hasSize(2 * 5);
    }

    @Test
    void decidingAgainChangesNothing() throws Exception {
        review("entry: Tidy up", "on");
        assertThat(replies("on").decide()).isZero();
    }

    private Postman postman() {
        return new Postman(
                outbox, new Postman.Server("127.0.0.1", server.getSmtp().getPort(), "", "", Postman.Tls.NONE));
    }

    private static String rootOf(String title) {
        return Integer.toHexString(title.hashCode()) + ".1@example.org";
    }

    private long review(String title, String mode) throws Exception {
        String mail = Fixtures.mail(title, 1, "kernel/entry/common.c")
                .replaceFirst(
                        "Date: .*",
                        "Date: "
                                + java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().atOffset(java.time.ZoneOffset.UTC)))
                .replaceFirst("From: Jo Doe", "From: Jo Doe (Company)");
        var read = MailSource.read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), "a test");
        var assembled = SeriesAssembler.assemble(read).newest("a test");
        long id = series.add(new NewSeries(assembled, "test", Instant.now(), java.util.Set.of()))
                .id();
        long review = reviews.add(id, Fixtures.demoReview());
        assertThat(replies(mode).decide()).isEqualTo(1);
        return outbox.ofReview(review).orElseThrow().id();
    }

    private Replies replies(String mode) throws Exception {
        Path file = directory.resolve("lists.yaml");
        Files.writeString(
                file, "lists: {list@lists.example.org: {mode: " + mode + ", audience: list, delayHours: 0}}\n");
        return new Replies(
                outbox,
                new BounceStore(database, Clock.systemUTC()),
                reviews,
                series,
                new CommandStore(database, clock),
                new Comparisons(new ComparisonStore(database), series, reviews),
                new PolicyFile(List.of(file)),
                new ReplyWriter(new ReplyWriter.Sender("Patchoscope <bot@bot.example.org>", "https://bot.example.org")),
                clock);
    }
}
