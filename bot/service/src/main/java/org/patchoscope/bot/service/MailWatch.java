// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import org.patchoscope.bot.jobs.BounceIntake;
import org.patchoscope.bot.jobs.CommandExecutor;
import org.patchoscope.bot.jobs.CommandIntake;
import org.patchoscope.bot.jobs.Intake;
import org.patchoscope.bot.jobs.MailFollower;
import org.patchoscope.bot.store.BounceStore;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.mail.store.LastResort;

/** Looks at the store of mail, again and again, and carries out what it is commanded there. */
@Singleton
final class MailWatch {
    private static final Logger LOG = Logger.getLogger(MailWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MailFollower follower;
    private final Recurring worker;

    MailWatch(
            ServiceConfig config,
            MailSources sources,
            Intake intake,
            CommandIntake commands,
            BounceStore bounces,
            CommandExecutor executor,
            Clock clock) {
        ServiceConfig.Store store = config.store();
        worker = new Recurring("mail", Duration.ofSeconds(Math.max(1, store.seconds())), () -> {
            look();
            executor.carryOut();
        });
        follower = new MailFollower(
                Wiring.storeOfMail(config),
                sources,
                intake,
                List.of(
                        commands,
                        new BounceIntake(
                                bounces,
                                store.location(),
                                config.mail().bounces().stream().toList())),
                store.since().atStartOfDay(ZoneOffset.UTC).toInstant(),
                clock,
                () -> LastResort.end("mail", LOG::fatal));
    }

    void start() {
        worker.start();
    }

    /** A look that is under way is finished: it is short, and cut off it would only be repeated. */
    void stop() throws InterruptedException {
        worker.stop(PATIENCE);
    }

    private void look() {
        try {
            int found = follower.look();
            if (found > 0) {
                LOG.infof("%d new series by mail", found);
            }
        } catch (IOException | RuntimeException e) {
            // The next look tries again, and nothing is lost: the store keeps what came.
            LOG.infof("the store of mail has to wait: %s", e.getMessage());
        }
    }
}
