// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.ReplyState;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCheck;

/** What monitoring is told: {@code /q/health} and {@code /q/metrics}. */
@Readiness
@Singleton
final class Health implements HealthCheck {
    /** An index this many changes behind is not following any more. */
    private static final long FAR_BEHIND = 5_000;

    private final SeriesStore series;
    private final ReviewStore reviews;
    private final ReviewIndex index;
    private final Outbox outbox;
    private final MailSources sources;
    private final CheckStore checks;

    Health(
            SeriesStore series,
            ReviewStore reviews,
            ReviewIndex index,
            Outbox outbox,
            MailSources sources,
            CheckStore checks) {
        this.series = series;
        this.reviews = reviews;
        this.index = index;
        this.outbox = outbox;
        this.sources = sources;
        this.checks = checks;
    }

    void measure(@Observes StartupEvent event, MeterRegistry registry) {
        for (SeriesState state : SeriesState.values()) {
            Gauge.builder("patchoscope.series", series, s -> s.count(state))
                    .description("series by where they are on their way")
                    .tag("state", state.key())
                    .register(registry);
        }
        for (ReplyState state : ReplyState.values()) {
            Gauge.builder("patchoscope.replies", outbox, o -> o.count(state))
                    .description("replies by what was decided about them, and what became of them")
                    .tag("state", state.key())
                    .register(registry);
        }
        for (StoredCheck.State state : StoredCheck.State.values()) {
            Gauge.builder("patchoscope.patchwork.checks", checks, c -> c.count(state))
                    .description("checks for Patchwork by what became of them")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("patchoscope.reviews", reviews, r -> r.totals().reviews())
                .description("reviews that are kept")
                .register(registry);
        Gauge.builder("patchoscope.findings", reviews, r -> r.totals().findings())
                .description("findings of these reviews")
                .register(registry);
        Gauge.builder("patchoscope.mail.last", this, h -> h.latest(MailSources.Source::last))
                .description("when the newest mail came, of all sources")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("patchoscope.mail.looked", this, h -> h.latest(MailSources.Source::looked))
                .description("when the store of mail was last looked at")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("patchoscope.index.behind", this, Health::behind)
                .description("changes of the store that the index has not followed")
                .register(registry);
    }

    @Override
    public HealthCheckResponse call() {
        try {
            long behind = behind();
            return HealthCheckResponse.named("store and index")
                    .status(behind < FAR_BEHIND)
                    .withData("index behind", behind)
                    .build();
        } catch (RuntimeException e) {
            return HealthCheckResponse.named("store and index")
                    .down()
                    .withData("error", String.valueOf(e.getMessage()))
                    .build();
        }
    }

    /** Seconds since 1970, as monitoring wants it. */
    private double latest(Function<MailSources.Source, Instant> time) {
        return sources.all().stream()
                .map(time)
                .max(Comparator.naturalOrder())
                .map(Instant::getEpochSecond)
                .orElse(0L);
    }

    private long behind() {
        try {
            return reviews.lastChange() - index.size().seq();
        } catch (IOException e) {
            throw new IllegalStateException("the index cannot be read", e);
        }
    }
}
