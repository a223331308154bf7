// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.Lines.ReviewLine;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** What is new, and a search box. */
@Path("/")
@RunOnVirtualThread
public final class StartPage {
    private static final int NEWEST = 15;
    private static final int WAITING = 10;

    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;

    StartPage(Answers answers, ReviewStore reviews, SeriesStore series) {
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
    }

    /** What the page shows. */
    public record Data(
            List<ReviewLine> newest, List<SeriesLine> underWay, long reviews, long findings, List<Example> examples) {}

    /** A search to try. */
    public record Example(String query, String href) {
        static Example of(String query) {
            return new Example(query, Lines.search(query));
        }
    }

    @GET
    @Path("{form:(index\\.json)?}")
    public Response show(@jakarta.ws.rs.PathParam("form") String form) {
        ReviewStore.Totals totals = reviews.totals();
        Data data = new Data(
                Lines.reviews(reviews.newest(NEWEST)),
                Lines.series(series.underWay(WAITING)),
                totals.reviews(),
                totals.findings(),
                List.of(
                        Example.of("_TIF_SYSCALL_AUDIT arch:arm64"),
                        Example.of("verdict:changed \"no functional change\""),
                        Example.of("event:audit_syscall_exit"),
                        Example.of("file:entry-common.c date:2026")));
        return answers.page(View.of("start", "Patchoscope", "/index", data), form.isEmpty() ? "" : Answers.JSON);
    }
}
