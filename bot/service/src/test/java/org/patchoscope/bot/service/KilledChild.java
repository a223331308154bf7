// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.patchoscope.bot.reply.ReplyWriter;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.config.CommandPolicy;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Maintainers;
import org.patchoscope.mail.store.LastResort;
import org.patchoscope.mail.store.StoreLocation;

/**
 * The service without its pages, as a process to be killed: takes in, carries out commands, reviews (the demo's review, after
 * a moment), indexes, decides, sends. It says which step it is at, so that the killer can choose; it ends when nothing is left to do.
 */
final class KilledChild {
    private static final ReviewJobs.Pace FAST = new ReviewJobs.Pace(
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ZERO);

    private KilledChild() {}

    /**
     * Arguments: a directory, the port of a mail server, how many series there are in the end, {@code all},
     * {@code worker} or, for one that lives through errors, {@code patient}, and the address of PostgreSQL if it is not the embedded database.
     */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int expected = Integer.parseInt(arguments[2]);
        try (Database database = arguments.length > 4
                ? Database.open(arguments[4], "postgres", "")
                : Database.embedded(home, () -> LastResort.end("reviews", KilledChild::say))) {
            if (arguments[3].equals("worker")) {
                work(database, expected);
            } else {
                all(database, home, Integer.parseInt(arguments[1]), expected, arguments[3].equals("patient"));
            }
        }
    }

    /** Reviews, and nothing else. */
    private static void work(Database database, int expected) throws Exception {
        SeriesStore series = new SeriesStore(database, Clock.systemUTC());
        try (ReviewJobs jobs = jobs(database, series, new ReviewStore(database, Clock.systemUTC()))) {
            jobs.start();
            while (series.count(SeriesState.REVIEWED) < expected) {
                Thread.sleep(50);
            }
        }
    }

    private static ReviewJobs jobs(Database database, SeriesStore series, ReviewStore reviews) {
        return new ReviewJobs(
                database,
                series,
                reviews,
                (s, m, time) -> {
                    say("review");
                    Thread.sleep(40);
                    return new Outcome.Reviewed(Fixtures.demoReview());
                },
                FAST,
                Fixtures::anHour);
    }

    private static void all(Database database, Path home, int port, int expected, boolean patient) throws Exception {
        Clock clock = Clock.systemUTC();
        SeriesStore series = new SeriesStore(database, clock);
        ReviewStore reviews = new ReviewStore(database, clock);
        Outbox outbox = new Outbox(database, clock);
        Replies replies = new Replies(
                outbox,
                new BounceStore(database, Clock.systemUTC()),
                reviews,
                series,
                new CommandStore(database, clock),
                new Comparisons(new ComparisonStore(database), series, reviews),
                new PolicyFile(List.of(home.resolve("policies.yaml"))),
                new ReplyWriter(new ReplyWriter.Sender("Bot <bot@bot.example.org>", "https://bot.example.org")),
                clock);
        CommandStore commands = new CommandStore(database, clock);
        CommandAnswers answers = new CommandAnswers(
                commands,
                series,
                outbox,
                new BounceStore(database, Clock.systemUTC()),
                new PolicyFile(List.of(home.resolve("policies.yaml"))),
                new AnswerWriter(new ReplyWriter.Sender("Bot <bot@bot.example.org>", "https://bot.example.org")),
                clock);
        Postman postman = new Postman(outbox, new Postman.Server("127.0.0.1", port, "", "", Postman.Tls.NONE));
        try (ReviewIndex index = new ReviewIndex(home.resolve("index"), reviews, series);
                ReviewJobs jobs = jobs(database, series, reviews)) {
            jobs.start();
            CommandExecutor executor = new CommandExecutor(commands, series, reviews, jobs, clock);
            MailFollower follower = new MailFollower(
                    new StoreLocation.Directory(home.resolve("mail")),
                    new MailSources(database),
                    new Intake(series, jobs, clock),
                    List.of(new CommandIntake(
                            commands,
                            new CommandRights(
                                    new CommandPolicy(
                                            true,
                                            false,
                                            Set.of(),
                                            CommandPolicy.Proof.NOT_NEEDED,
                                            Set.of(),
                                            Duration.ofDays(14),
                                            Duration.ofHours(1),
                                            1_000),
                                    Maintainers.NONE),
                            clock)),
                    java.time.Instant.EPOCH,
                    clock,
                    () -> LastResort.end("mail", KilledChild::say));
            boolean done = false;
            while (!done) {
                try {
                    say("intake");
                    follower.look();
                    say("command");
                    executor.carryOut();
                    answers.decide();
                    say("index");
                    index.follow();
                    say("decide");
                    replies.decide();
                    say("send");
                    postman.deliver();
                    done = done(series, commands, outbox, expected)
                            && index.size().entries() > 0;
                } catch (IOException | RuntimeException e) {
                    // As the service does, each of whose parts tries again.
                    if (!patient) {
                        throw e;
                    }
                    say("failed " + e.toString().replace('\n', ' '));
                }
                Thread.sleep(20);
            }
            say("done " + index.size().entries());
        }
    }

    /** Each series has a reply, and a command with an answer. */
    private static boolean done(SeriesStore series, CommandStore commands, Outbox outbox, int expected) {
        return series.count(SeriesState.REVIEWED) == expected
                && commands.unanswered(1_000).isEmpty()
                && outbox.newest(1_000).size() == 2 * expected
                && outbox.newest(1_000).stream().noneMatch(r -> r.state().key().equals("queued"));
    }

    private static void say(String step) {
        System.out.println(step);
        System.out.flush();
    }

    /** What it reads at its start. */
    static void prepare(Path home) throws Exception {
        Files.createDirectories(home);
        Files.writeString(
                home.resolve("policies.yaml"),
                "lists: {list@lists.example.org: {mode: on, audience: author, delayHours: 0, mostPerDay: 1000, answers: mail}}\n");
    }
}
