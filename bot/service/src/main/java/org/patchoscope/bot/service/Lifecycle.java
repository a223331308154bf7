// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.jobs.ReviewJobs;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;

/** What happens at the start and at the end. */
@Singleton
final class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);
    private static final Duration FOLLOW = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServiceConfig config;
    private final SeriesStore series;
    private final ReviewIndex index;
    private final ReviewJobs jobs;
    private final Clock clock;
    private final Correspondence correspondence;
    private final MailWatch mail;
    private final PatchworkWatch patchwork;
    private final Recurring follower;

    Lifecycle(
            ServiceConfig config,
            SeriesStore series,
            ReviewIndex index,
            ReviewJobs jobs,
            Correspondence correspondence,
            MailWatch mail,
            PatchworkWatch patchwork,
            Clock clock) {
        this.config = config;
        this.series = series;
        this.index = index;
        follower = new Recurring("index", FOLLOW, index::follow);
        this.jobs = jobs;
        this.correspondence = correspondence;
        this.mail = mail;
        this.patchwork = patchwork;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws IOException, MailInputException {
        if (config.demo() && config.role() != ServiceConfig.Role.WEB) {
            var mails = MailSource.read(new ByteArrayInputStream(SeriesReviewer.demoMails()), "the demo");
            var demo = SeriesAssembler.assemble(mails).newest("the demo");
            series.add(new NewSeries(demo, StoredSeries.DEMO, clock.instant(), Set.of()));
        }
        LOG.infof(
                "the search index has %d entries; it is brought up to date and warmed up",
                index.size().entries());
        index.follow();
        index.warmUp();
        follower.start();
        if (config.role() != ServiceConfig.Role.WEB) {
            correspondence.start();
            jobs.start();
            mail.start();
            patchwork.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        jobs.endReviews();
        mail.stop();
        patchwork.stop();
        correspondence.stop();
        follower.interrupt(PATIENCE);
        // Here, since afterwards the database may be closed before those that use it.
        jobs.close();
    }
}
