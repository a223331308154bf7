// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.patchoscope.bot.checks.Checks;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.store.AdminStore;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.topic.Comparisons;

/** What the database holds, and what is read of it alone: one of each, for whoever needs it. */
@Singleton
final class Stores {
    @Produces
    @Singleton
    final SeriesStore series;

    @Produces
    @Singleton
    final ReviewStore reviews;

    @Produces
    @Singleton
    final MailSources sources;

    @Produces
    @Singleton
    final CommandStore commands;

    @Produces
    @Singleton
    final BounceStore bounces;

    @Produces
    @Singleton
    final CheckStore checkStore;

    @Produces
    @Singleton
    final AdminStore administrators;

    @Produces
    @Singleton
    final Outbox outbox;

    @Produces
    @Singleton
    final Checks checks;

    @Produces
    @Singleton
    final Comparisons comparisons;

    Stores(Database database, Clock clock, ServiceConfig config) {
        Duration parts = Duration.ofHours(Math.max(0, config.store().partsHours()));
        series = new SeriesStore(database, clock, parts);
        reviews = new ReviewStore(database, clock);
        sources = new MailSources(database);
        commands = new CommandStore(database, clock);
        bounces = new BounceStore(database, clock);
        checkStore = new CheckStore(database, clock);
        administrators = new AdminStore(database, clock);
        outbox = new Outbox(database, clock);
        checks = new Checks(reviews);
        comparisons = new Comparisons(new ComparisonStore(database), series, reviews);
    }
}
