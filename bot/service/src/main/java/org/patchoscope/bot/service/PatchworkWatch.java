// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.checks.Checks;
import org.patchoscope.bot.patchwork.Patchwork;
import org.patchoscope.bot.patchwork.PatchworkChecks;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** Posts checks to Patchwork, again and again, where one is configured. By itself: a slow server holds up nothing else. */
@Singleton
final class PatchworkWatch {
    private static final Logger LOG = Logger.getLogger(PatchworkWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Optional<PatchworkChecks> checks;
    private final Recurring worker = new Recurring("patchwork", PAUSE, this::step);

    PatchworkWatch(
            ServiceConfig config,
            CheckStore store,
            ReviewStore reviews,
            SeriesStore series,
            CommandStore commands,
            Checks checks) {
        ServiceConfig.Patchwork p = config.patchwork();
        this.checks = p.url()
                .map(url -> new PatchworkChecks(
                        new Patchwork(
                                new Patchwork.Server(URI.create(url), p.token().orElse(""), p.context(), TIMEOUT)),
                        p.lists().orElse(List.of()),
                        new PatchworkChecks.Data(store, reviews, series, commands, checks),
                        Wiring.site(config)));
    }

    void start() {
        if (checks.isPresent()) {
            worker.start();
        }
    }

    /** What is cut off is posted by the next process, if it is not there. */
    void stop() throws InterruptedException {
        worker.interrupt(PATIENCE);
    }

    private void step() throws InterruptedException {
        int posted = checks.orElseThrow().post();
        if (posted > 0) {
            LOG.infof("%d checks posted to Patchwork", posted);
        }
    }
}
