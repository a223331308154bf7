// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.jobs.CommandExecutor;
import org.patchoscope.bot.jobs.CommandIntake;
import org.patchoscope.bot.jobs.Intake;
import org.patchoscope.bot.jobs.KernelReviewer;
import org.patchoscope.bot.jobs.MailLookup;
import org.patchoscope.bot.jobs.ReviewJobs;
import org.patchoscope.bot.jobs.Reviewer;
import org.patchoscope.bot.jobs.Threads;
import org.patchoscope.bot.reply.AnswerWriter;
import org.patchoscope.bot.reply.CommandAnswers;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.PolicyFile;
import org.patchoscope.bot.reply.Replies;
import org.patchoscope.bot.reply.ReplyWriter;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.bot.web.Rendered;
import org.patchoscope.bot.web.access.FormKey;
import org.patchoscope.bot.web.access.PublicAddress;
import org.patchoscope.bot.web.access.RateLimit;
import org.patchoscope.bot.web.access.Tokens;
import org.patchoscope.mail.store.LastResort;
import org.patchoscope.mail.store.StoreLocation;

/** What the service is made of: plain objects, put together here and nowhere else. */
@Singleton
final class Wiring {
    private static final Logger LOG = Logger.getLogger(Wiring.class);
    private static final long RENDERED_BYTES = 512L << 20;

    private final ServiceConfig config;

    Wiring(ServiceConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Database database() throws IOException {
        ServiceConfig.Jdbc jdbc = config.database();
        if (jdbc.url().isPresent()) {
            return Database.open(jdbc.url().get(), jdbc.user(), jdbc.password().orElse(""));
        }
        Path data = Path.of(config.data());
        LOG.infof("reviews are in %s", data);
        Files.createDirectories(data);
        return Database.embedded(data, () -> LastResort.end("reviews", LOG::fatal));
    }

    void closeDatabase(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    ReviewIndex index(ReviewStore reviews, SeriesStore series) throws IOException {
        return new ReviewIndex(Path.of(config.data()).resolve("index"), reviews, series);
    }

    void closeIndex(@Disposes ReviewIndex index) throws IOException {
        index.close();
    }

    @Produces
    @Singleton
    Reviewer reviewer() {
        int jobs = config.jobs().orElse(Runtime.getRuntime().availableProcessors());
        var manner = new SeriesReviewer.Manner(config.archs(), config.variants(), List.of(), jobs, false);
        return new KernelReviewer(
                new SeriesReviewer(Path.of(config.cache()), LOG::debug),
                config.tree().stream().toList(),
                manner);
    }

    @Produces
    @Singleton
    ReviewJobs jobs(Database database, SeriesStore series, ReviewStore reviews, Reviewer reviewer) {
        int minutes = config.reviewMinutes();
        if (minutes < 1) {
            throw new IllegalArgumentException("reviewMinutes is " + minutes + ", and has to be 1 or more");
        }
        Duration most = Duration.ofMinutes(minutes);
        return new ReviewJobs(
                database, series, reviews, reviewer, ReviewJobs.Pace.USUAL, () -> SeriesReviewer.time(most));
    }

    @Produces
    @Singleton
    Intake intake(SeriesStore series, ReviewJobs jobs, Clock clock) {
        return new Intake(series, jobs, clock);
    }

    @Produces
    @Singleton
    MailLookup lookup(Clock clock) {
        return new MailLookup(storeOfMail(config), clock, () -> LastResort.end("mail", LOG::fatal));
    }

    @Produces
    @Singleton
    Threads threads(SeriesStore series, MailLookup mail) {
        return new Threads(series, mail);
    }

    static StoreLocation storeOfMail(ServiceConfig config) {
        ServiceConfig.Store store = config.store();
        return StoreLocation.of(
                store.location(), store.user().orElse(""), store.password().orElse(""));
    }

    @Produces
    @Singleton
    CommandIntake commandIntake(CommandStore commands, Clock clock) {
        return new CommandIntake(commands, new CommandRules(config).rights(), clock);
    }

    @Produces
    @Singleton
    CommandExecutor executor(
            CommandStore commands, SeriesStore series, ReviewStore reviews, ReviewJobs jobs, Clock clock) {
        return new CommandExecutor(commands, series, reviews, jobs, clock);
    }

    @Produces
    @Singleton
    Tokens tokens(IssuedTokens issued) {
        return new Tokens(config.tokens().orElse(List.of()), issued);
    }

    @Produces
    @Singleton
    FormKey formKey(LoginSecrets secrets) {
        return new FormKey(secrets.key("forms"));
    }

    @Produces
    @Singleton
    RateLimit limit(Clock clock) {
        return new RateLimit(config.requests(), clock);
    }

    @Produces
    @Singleton
    PolicyFile policies() {
        return new PolicyFile(config.policies().map(Path::of).stream().toList());
    }

    @Produces
    @Singleton
    Replies replies(
            Outbox outbox,
            BounceStore bounces,
            ReviewStore reviews,
            SeriesStore series,
            CommandStore commands,
            Comparisons comparisons,
            PolicyFile policies,
            Clock clock) {
        return new Replies(
                outbox, bounces, reviews, series, commands, comparisons, policies, new ReplyWriter(sender()), clock);
    }

    @Produces
    @Singleton
    CommandAnswers answers(
            CommandStore commands,
            SeriesStore series,
            Outbox outbox,
            BounceStore bounces,
            PolicyFile policies,
            Clock clock) {
        return new CommandAnswers(commands, series, outbox, bounces, policies, new AnswerWriter(sender()), clock);
    }

    /** Address of the pages, to put a path behind. */
    static String site(ServiceConfig config) {
        String host = config.host().equals("0.0.0.0") || config.host().equals("::") ? "localhost" : config.host();
        String own = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + config.port();
        return config.address().orElse(own).replaceFirst("/+$", "");
    }

    @Produces
    @Singleton
    Rendered rendered() throws IOException {
        return new Rendered(Path.of(config.data()).resolve("pages"), SeriesReviewer.version(), RENDERED_BYTES);
    }

    @Produces
    @Singleton
    PublicAddress publicAddress() {
        return new PublicAddress(site(config));
    }

    private ReplyWriter.Sender sender() {
        return new ReplyWriter.Sender(config.mail().from(), site(config));
    }

    void closeJobs(@Disposes ReviewJobs jobs) {
        jobs.close();
    }
}
