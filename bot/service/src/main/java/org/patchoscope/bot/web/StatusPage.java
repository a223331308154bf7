// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.CheckStore;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCheck;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** What the service is doing, and what it did not do, with reasons. */
@Path("/")
@RunOnVirtualThread
public final class StatusPage {
    private static final int MOST = 50;

    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final ReviewIndex index;
    private final MailSources sources;
    private final CheckStore checks;

    StatusPage(
            Answers answers,
            ReviewStore reviews,
            SeriesStore series,
            ReviewIndex index,
            MailSources sources,
            CheckStore checks) {
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
        this.index = index;
        this.sources = sources;
        this.checks = checks;
    }

    /** What the page shows. */
    public record Data(
            List<StateCount> states,
            long reviews,
            long findings,
            int entries,
            List<SourceLine> sources,
            List<SeriesLine> underWay,
            List<SeriesLine> notReviewed,
            List<CheckLine> notPosted) {}

    /** A check that Patchwork did not take, or not yet. */
    public record CheckLine(String review, String messageId, String state, String problem, Moment changed) {
        public static CheckLine of(StoredCheck c) {
            return new CheckLine(
                    Lines.review(c.review()), c.messageId(), c.state().text(), c.problem(), Moment.of(c.changed()));
        }
    }

    /** How many series are in a state. */
    public record StateCount(String state, String text, int count) {}

    /** A source of mail, and when it last had some. */
    public record SourceLine(String name, long mails, Moment last, Moment looked) {
        public static SourceLine of(MailSources.Source s) {
            return new SourceLine(shown(s.name()), s.mails(), Moment.of(s.last()), Moment.of(s.looked()));
        }
    }

    /** A directory of the machine is nobody's business but its last name; an address is shown without who logs in there. */
    static String shown(String source) {
        if (source.contains("://")) {
            return source.replaceFirst("://[^/@]*@", "://");
        }
        return source.replaceFirst("/+$", "").replaceFirst(".*/", "");
    }

    @GET
    @Path("status{form:(\\.json)?}")
    public Response show(@PathParam("form") String form) throws IOException {
        ReviewStore.Totals totals = reviews.totals();
        Data data = new Data(
                Arrays.stream(SeriesState.values())
                        .map(s -> new StateCount(s.key(), s.text(), series.count(s)))
                        .toList(),
                totals.reviews(),
                totals.findings(),
                index.size().entries(),
                sources.all().stream().map(SourceLine::of).toList(),
                Lines.series(series.underWay(MOST)),
                Lines.series(series.in(EnumSet.of(SeriesState.NOT_REVIEWED), MOST)),
                checks.notPosted(MOST).stream().map(CheckLine::of).toList());
        return answers.page(View.of("status", "Status", "/status", data), form);
    }
}
