// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.jobs.CommandExecutor;
import org.patchoscope.bot.jobs.CommandIntake;
import org.patchoscope.bot.jobs.Intake;
import org.patchoscope.bot.jobs.MailFollower;
import org.patchoscope.bot.jobs.Outcome;
import org.patchoscope.bot.jobs.ReviewJobs;
import org.patchoscope.bot.reply.AnswerWriter;
import org.patchoscope.bot.reply.CommandAnswers;
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
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.TestDatabase;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Maintainers;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.CommandQueue;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** Commands from a thread, through the store of mail, to what they change and to the answer on a real SMTP server. */
@Timeout(120)
class MailCommandsTest {
    private static final ReviewJobs.Pace SLOW = new ReviewJobs.Pace(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String PROOF = "Authentication-Results: mx.ours.org; dkim=pass header.d=example.org";

    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Database database;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final CommandStore commands;
    private final Outbox outbox;
    private int mails;
    private String answers = "mail";
    private String mode = "on";

    MailCommandsTest() {
        database = kind().open();
        series = new SeriesStore(database, CLOCK);
        reviews = new ReviewStore(database, CLOCK);
        commands = new CommandStore(database, CLOCK);
        outbox = new Outbox(database, CLOCK);
    }

    TestDatabase kind() {
        return TestDatabase.EMBEDDED;
    }

    @BeforeEach
    void aSeriesWithAReview() throws Exception {
        server.start();
        mail(now(Fixtures.mail("entry: Tidy up", 1, "kernel/entry/common.c")));
        look();
        reviews.add(1, Fixtures.demoReview());
    }

    @AfterEach
    void close() {
        server.stop();
        database.close();
    }

    @Test
    void rerunReviewsAgainAndIsAnsweredOnce() throws Exception {
        command("jo@example.org", "patchoscope: rerun");
        work();
        work();
        assertThat(theSeries().state()).isEqualTo(SeriesState.WAITING);
        assertThat(server.getReceivedMessages()).singleElement().satisfies(m -> {
            assertThat(m.getAllRecipients()).extracting(Object::toString).containsExactly("jo@example.org");
            assertThat(m.getSubject()).isEqualTo("Re: [PATCH] entry: Tidy up");
            assertThat(m.getHeader("In-Reply-To", null)).isEqualTo("<c1@example.org>");
            assertThat(m.getHeader("References", null)).contains(root()).endsWith("<c1@example.org>");
            assertThat(m.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
            assertThat(m.getContent().toString().replace("\r", ""))
                    .startsWith("> patchoscope: rerun\nIt is reviewed again.\n\nhttps://bot.example.org/s/1\n-- \n");
        });
        assertThat(queue()).singleElement().satisfies(l -> {
            assertThat(l.state()).isEqualTo(CommandQueue.State.DONE);
            assertThat(l.answer()).isEqualTo("It is reviewed again.");
        });
    }

    @Test
    void baseHoldsForTheNextReviewAndThrowsAwayTheOneUnderWay() throws Exception {
        series.again(1);
        series.move(1, EnumSet.of(SeriesState.WAITING), SeriesState.RUNNING, Reason.NONE, "");
        command("jo@example.org", "patchoscope: base v7.2-rc3");
        work();
        assertThat(theSeries().base()).isEqualTo("v7.2-rc3");
        assertThat(theSeries().state()).isEqualTo(SeriesState.WAITING);
        assertThat(reviews.add(1, theSeries().attempts(), Fixtures.demoReview()))
                .isEmpty();
    }

    @Test
    void whatIsDismissedIsToldNoMoreInAnyVersion() throws Exception {
        int findings = reviews.findings(1).size();
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= findings; i++) {
            all.append("patchoscope: dismiss ").append(i).append(" meant so\n");
        }
        command("jo@example.org", all.toString());
        work();
        assertThat(commands.wishes(theSeries().topic()).dismissed())
                .isNotEmpty()
                .allSatisfy((identity, d) -> {
                    assertThat(d.reason()).isEqualTo("meant so");
                    assertThat(d.by()).isEqualTo("AUTHOR");
                });
        mail(now(Fixtures.mail("entry: Tidy up", 2, "kernel/entry/common.c")));
        look();
        StoredSeries second = series.ofTopic(theSeries().topic()).getLast();
        long review = reviews.add(second.id(), Fixtures.demoReview());
        replies().decide();
        assertThat(outbox.ofReview(review).orElseThrow().state()).isEqualTo(ReplyState.SILENT);
        assertThat(server.getReceivedMessages())
                .as("one answer for all of a mail")
                .hasSize(1);
    }

    @Test
    void ofSeveralFindingsTheOthersAreStillTold() throws Exception {
        String id = org.patchoscope.bot.report.Digest.of(reviews.read(1))
                .findings()
                .getFirst()
                .finding()
                .id();
        command("jo@example.org", "patchoscope: dismiss " + id + " the flag cannot be set there");
        work();
        replies().decide();
        Reply reply = outbox.ofReview(1).orElseThrow();
        assertThat(reply.state()).isEqualTo(ReplyState.QUEUED);
        assertThat(new String(outbox.message(reply.id()), StandardCharsets.UTF_8).replace("\r", ""))
                .contains("Not reported again, [1] on the page:")
                .doesNotContain("\n[1] ");
    }

    @Test
    void assumeSaysWhatRemains() throws Exception {
        reviews.add(1, Fixtures.demoReviewVanishing("audit-context-implies-flag"));
        command("jo@example.org", "patchoscope: assume audit-context-implies-flag\npatchoscope: assume all-is-well");
        work();
        assertThat(commands.wishes(theSeries().topic()).assumed()).containsExactly("audit-context-implies-flag");
        assertThat(ours())
                .extracting(StoredCommand::state, c -> c.answer().split("\\.")[0])
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(StoredCommand.State.DONE, "It is assumed"),
                        org.assertj.core.api.Assertions.tuple(
                                StoredCommand.State.FAILED, "Not done: no assumption has that name"));
        assertThat(ours().getFirst().answer()).isEqualTo("It is assumed. Under it [1] vanishes; [2], [3], [4] remain.");
    }

    @Test
    void stopStopsWhatWaitsAndWhatWouldComeAndIsNotAnsweredByMail() throws Exception {
        replies().decide();
        assertThat(outbox.ofReview(1).orElseThrow().state()).isEqualTo(ReplyState.QUEUED);
        command("jo@example.org", "patchoscope: stop");
        work();
        assertThat(outbox.ofReview(1).orElseThrow().state()).isEqualTo(ReplyState.REJECTED);
        series.again(1);
        long next = reviews.add(1, Fixtures.demoReview());
        replies().decide();
        assertThat(outbox.ofReview(next).orElseThrow().reasons())
                .containsExactly("Somebody with the right to asked for no more mail about this topic.");
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(ours()).singleElement().satisfies(c -> assertThat(c.answer()).startsWith("No more mail"));
    }

    @Test
    void aForgedCommandDoesNothingAndIsNotAnswered() throws Exception {
        reply("jo@example.org", "patchoscope: rerun", "");
        command("eve@example.org", "patchoscope: stop");
        CommandPolicy impatient = new CommandPolicy(
                true, true, Set.of(), CommandPolicy.Proof.REQUIRED, believed(), Duration.ofDays(14), Duration.ZERO, 20);
        work(impatient);
        assertThat(theSeries().state()).isEqualTo(SeriesState.REVIEWED);
        assertThat(commands.wishes(theSeries().topic()).stopped()).isFalse();
        assertThat(ours()).extracting(StoredCommand::ground).containsExactly("UNPROVEN_SENDER", "NOT_ALLOWED");
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(outbox.newest(9)).isEmpty();
        assertThat(queue()).allSatisfy(l -> assertThat(l.answer()).startsWith("Not carried out"));
    }

    @Test
    void twoProgramsThatAnswerEachOtherStop() throws Exception {
        for (int i = 0; i < 30; i++) {
            command("jo@example.org", "patchoscope: hello");
            work();
        }
        assertThat(server.getReceivedMessages()).hasSize(10);
        assertThat(ours()).hasSize(30);
    }

    @Test
    void ourOwnAnswerCommandsNothing() throws Exception {
        command("jo@example.org", "patchoscope: dismiss 99 patchoscope: stop");
        work();
        String answer =
                new String(outbox.message(outbox.newest(1).getFirst().id()), StandardCharsets.UTF_8).replace("\r", "");
        // As a broken program would send it back: as its own, with proof, under another id.
        mail("From mboxrd@z Thu Jan  1 00:00:00 1970\n" + PROOF + "\n"
                + answer.replaceFirst("From: .*", "From: Jo Doe <jo@example.org>")
                        .replaceFirst("Auto-Submitted: .*\n", "")
                        .replaceFirst("Message-ID: <", "Message-ID: <back-"));
        work();
        assertThat(ours()).hasSize(1);
        assertThat(commands.wishes(theSeries().topic()).stopped()).isFalse();
    }

    @Test
    void byDefaultNothingIsSentButShown() throws Exception {
        answers = "page";
        command("jo@example.org", "patchoscope: rerun");
        work();
        assertThat(outbox.newest(9)).singleElement().satisfies(r -> {
            assertThat(r.state()).isEqualTo(ReplyState.PREVIEW);
            assertThat(r.reasons())
                    .containsExactly("The list wants commands answered on the page: this is shown and not sent.");
        });
        answers = "mail";
        mode = "moderated";
        command("jo@example.org", "patchoscope: rerun");
        work();
        assertThat(outbox.newest(1).getFirst().state()).isEqualTo(ReplyState.HELD);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    /** What a process that died left: taken from the store of mail, and nothing here. */
    @Test
    void whatADeadProcessTookIsCarriedOut() throws Exception {
        command("jo@example.org", "patchoscope: rerun\npatchoscope: nonsense");
        try (MailStore store = MailStore.open(location())) {
            while (store.commands()
                    .take(new CommandRights(policy(), Maintainers.NONE))
                    .isPresent()) {
                assertThat(store.commands().unfinished()).isNotEmpty();
            }
        }
        work();
        work();
        assertThat(ours())
                .extracting(StoredCommand::state)
                .containsExactly(StoredCommand.State.DONE, StoredCommand.State.REFUSED);
        assertThat(theSeries().state()).isEqualTo(SeriesState.WAITING);
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void twoProcessesCarryOutOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            reviews.add(1, Fixtures.demoReviewVanishing("audit-context-implies-flag"));
            command("jo@example.org", "patchoscope: assume audit-context-implies-flag");
        }
        follower(policy()).look();
        List<Thread> both = List.of(
                Thread.ofPlatform().unstarted(() -> executor().carryOut()),
                Thread.ofPlatform().unstarted(() -> executor().carryOut()));
        both.forEach(Thread::start);
        for (Thread t : both) {
            t.join();
        }
        List<Thread> writers = List.of(
                Thread.ofPlatform().unstarted(() -> commandAnswers().decide()),
                Thread.ofPlatform().unstarted(() -> commandAnswers().decide()));
        writers.forEach(Thread::start);
        for (Thread t : writers) {
            t.join();
        }
        assertThat(outbox.newest(99).stream().filter(r -> r.state() == ReplyState.QUEUED))
                .hasSizeBetween(1, 20)
                .doesNotHaveDuplicates();
        assertThat(commands.unanswered(99)).isEmpty();
    }

    private StoredSeries theSeries() {
        return series.find(1).orElseThrow();
    }

    private List<StoredCommand> ours() {
        return commands.about(1, theSeries().root());
    }

    private String root() {
        return theSeries().root();
    }

    private List<CommandQueue.Line> queue() throws Exception {
        try (MailStore store = MailStore.open(location())) {
            return store.commands().list(99);
        }
    }

    /** A proven mail with commands. */
    private void command(String from, String text) throws Exception {
        reply(from, text, PROOF + "\n");
    }

    private void reply(String from, String text, String header) throws Exception {
        mail(now("""
                From mboxrd@z Thu Jan  1 00:00:00 1970
                %sFrom: Jo Doe <%s>
                To: list@lists.example.org
                Date: Mon, 14 Sep 2026 10:00:00 +0200
                Subject: Re: [PATCH] entry: Tidy up
                Message-ID: <c%d@example.org>
                In-Reply-To: <%s>
                Reply-To: victim@example.net

                %s
                """.formatted(header, from, ++mails, root(), text)));
    }

    private static String now(String mail) {
        return mail.replaceFirst(
                "Date: .*",
                "Date: "
                        + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().atOffset(ZoneOffset.UTC)));
    }

    private StoreLocation location() {
        return new StoreLocation.Directory(folder.resolve("mail"));
    }

    private Path inbox() {
        return folder.resolve("inbox.mbox");
    }

    private void mail(String mbox) throws Exception {
        String old = Files.exists(inbox()) ? Files.readString(inbox()) : "";
        Files.writeString(inbox(), old + mbox + "\n");
        try (MailStore store = MailStore.open(location());
                MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(inbox().toString())) {
            new Importer(store, n -> {}).run(feed);
        }
    }

    private Set<CommandPolicy.Authenticator> believed() throws Exception {
        try (MailFeed feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(inbox().toString())) {
            return Set.of(new CommandPolicy.Authenticator("mx.ours.org", feed.name()));
        }
    }

    private CommandPolicy policy() throws Exception {
        return CommandPolicy.DEFAULT.believing(believed());
    }

    private void look() throws Exception {
        follower(policy()).look();
    }

    private void work() throws Exception {
        work(policy());
    }

    private void work(CommandPolicy policy) throws Exception {
        follower(policy).look();
        executor().carryOut();
        commandAnswers().decide();
        new Postman(outbox, new Postman.Server("127.0.0.1", server.getSmtp().getPort(), "", "", Postman.Tls.NONE))
                .deliver();
        follower(policy).look();
    }

    private MailFollower follower(CommandPolicy policy) {
        return new MailFollower(
                location(),
                new MailSources(database),
                new Intake(series, jobs(), CLOCK),
                List.of(new CommandIntake(commands, new CommandRights(policy, Maintainers.NONE), CLOCK)),
                Instant.EPOCH,
                CLOCK,
                () -> {});
    }

    private ReviewJobs jobs() {
        return new ReviewJobs(
                database,
                series,
                reviews,
                (s, m, time) -> new Outcome.Refused(Reason.INTERNAL, ""),
                SLOW,
                Fixtures::anHour);
    }

    private CommandExecutor executor() {
        return new CommandExecutor(commands, series, reviews, jobs(), CLOCK);
    }

    private static ReplyWriter.Sender sender() {
        return new ReplyWriter.Sender("Patchoscope <bot@bot.example.org>", "https://bot.example.org");
    }

    private PolicyFile policies() {
        try {
            Path file = Files.writeString(
                    folder.resolve("lists.yaml"),
                    "lists: {list@lists.example.org: {mode: " + mode + ", delayHours: 0, answers: " + answers + "}}\n");
            return new PolicyFile(List.of(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Replies replies() {
        return new Replies(
                outbox,
                new BounceStore(database, Clock.systemUTC()),
                reviews,
                series,
                commands,
                new Comparisons(new ComparisonStore(database), series, reviews),
                policies(),
                new ReplyWriter(sender()),
                CLOCK);
    }

    private CommandAnswers commandAnswers() {
        return new CommandAnswers(
                commands,
                series,
                outbox,
                new BounceStore(database, Clock.systemUTC()),
                policies(),
                new AnswerWriter(sender()),
                CLOCK);
    }
}
