// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.jobs.BounceIntake;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.PolicyFile;
import org.patchoscope.bot.reply.Postman;
import org.patchoscope.bot.reply.Replies;
import org.patchoscope.bot.reply.Reply;
import org.patchoscope.bot.reply.ReplyState;
import org.patchoscope.bot.reply.ReplyWriter;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.TestDatabase;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** A reply that was sent over SMTP comes back to the mailbox that it was sent from. */
@Timeout(120)
class BouncesTest {
    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final Outbox outbox;
    private int mails;

    BouncesTest() {
        database = kind().open();
        series = new SeriesStore(database, Clock.systemUTC());
        reviews = new ReviewStore(database, Clock.systemUTC());
        outbox = new Outbox(database, Clock.systemUTC());
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @BeforeEach
    void aReplyIsSent() throws Exception {
        server.start();
        assertThat(reply("entry: Tidy up", Duration.ZERO).state()).isEqualTo(ReplyState.QUEUED);
        new Postman(outbox, new Postman.Server("127.0.0.1", server.getSmtp().getPort(), "", "", Postman.Tls.NONE))
                .deliver();
        assertThat(outbox.find(1).orElseThrow().state()).isEqualTo(ReplyState.SENT);
    }

    @AfterEach
    void stop() {
        server.stop();
        database.close();
    }

    @Test
    void whoCannotBeReachedIsNotWrittenToForAWhile() throws Exception {
        comesBack("inbox", sent(), "jo@example.org", "failed", "5.1.1");
        look("inbox");
        look("inbox");
        assertThat(outbox.find(1).orElseThrow()).satisfies(r -> {
            assertThat(r.state()).isEqualTo(ReplyState.BOUNCED);
            assertThat(r.problem()).isEqualTo("jo@example.org: 5.1.1 550 no such person");
        });
        assertThat(reply("entry: Another", Duration.ZERO)).satisfies(r -> {
            assertThat(r.state()).isEqualTo(ReplyState.SILENT);
            assertThat(r.reasons())
                    .containsExactly("Mail to jo@example.org (5.1.1) came back within the last 30 days.");
        });
        assertThat(reply("entry: A third", Duration.ofDays(31)).reasons().getFirst())
                .doesNotContain("came back");
        assertThat(server.getReceivedMessages()).as("a report is not answered").hasSize(1);
    }

    @Test
    void whatIsOnlyLateChangesNothing() throws Exception {
        comesBack("inbox", sent(), "jo@example.org", "delayed", "4.4.1");
        look("inbox");
        assertThat(outbox.find(1).orElseThrow().state()).isEqualTo(ReplyState.SENT);
    }

    @Test
    void whatAStrangerMakesUpChangesNothing() throws Exception {
        comesBack("inbox", "review-77.1@bot.example.org", "jo@example.org", "failed", "5.1.1");
        comesBack("inbox", sent(), "other@example.org", "failed", "5.1.1");
        comesBack("archive", sent(), "jo@example.org", "failed", "5.1.1");
        look("inbox");
        assertThat(outbox.find(1).orElseThrow().state()).isEqualTo(ReplyState.SENT);
        assertThat(reply("entry: Another", Duration.ZERO).state()).isEqualTo(ReplyState.QUEUED);
    }

    private String sent() {
        return outbox.find(1).orElseThrow().messageId();
    }

    /** What was decided about a new series of the same author, some time from now. */
    private Reply reply(String title, Duration later) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        long id = series.add(Fixtures.mailed(
                        Fixtures.mail(title, 1, "kernel/entry/common.c").replaceFirst("Date: .*", "Date: " + now)))
                .id();
        long review = reviews.add(id, Fixtures.demoReview());
        Path lists = Files.writeString(
                folder.resolve("lists.yaml"), "lists: {list@lists.example.org: {mode: on, delayHours: 0}}\n");
        new Replies(
                        new Outbox(database, clock),
                        new BounceStore(database, clock),
                        reviews,
                        series,
                        new CommandStore(database, clock),
                        new Comparisons(new ComparisonStore(database), series, reviews),
                        new PolicyFile(List.of(lists)),
                        new ReplyWriter(new ReplyWriter.Sender("Bot <bot@bot.example.org>", "https://bot.example.org")),
                        clock)
                .decide();
        return outbox.ofReview(review).orElseThrow();
    }

    private void comesBack(String box, String original, String address, String action, String status) throws Exception {
        mail(box, """
                From mboxrd@z Thu Jan  1 00:00:00 1970
                From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
                To: bot@bot.example.org
                Date: %s
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <d%d@mx.example.org>
                Auto-Submitted: auto-replied
                Content-Type: multipart/report; report-type=delivery-status; boundary="B"

                --B
                Content-Type: text/plain

                I'm sorry to have to inform you.

                --B
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.org

                Final-Recipient: rfc822; %s
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 no such person

                --B
                Content-Type: message/rfc822

                Message-ID: <%s>
                Subject: Re: [PATCH] entry: Tidy up

                Text.
                --B--

                """.formatted(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)),
                ++mails,
                address,
                action,
                status,
                original));
    }

    private StoreLocation location() {
        return new StoreLocation.Directory(folder.resolve("mail"));
    }

    private MailFeed feed(String box) throws Exception {
        return new MailFeeds(folder, InputStream.nullInputStream(), "")
                .open(folder.resolve(box + ".mbox").toString());
    }

    private void mail(String box, String mbox) throws Exception {
        Path file = folder.resolve(box + ".mbox");
        Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + mbox);
        try (MailStore store = MailStore.open(location());
                MailFeed feed = feed(box)) {
            new Importer(store, n -> {}).run(feed);
        }
    }

    private void look(String box) throws Exception {
        try (MailStore store = MailStore.open(location());
                MailFeed feed = feed(box)) {
            new BounceIntake(new BounceStore(database, Clock.systemUTC()), "store", List.of(feed.name())).look(store);
        }
    }
}
