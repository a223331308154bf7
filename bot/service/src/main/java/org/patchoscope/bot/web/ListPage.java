// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** What came from a mailing list, and from which there is anything. */
@Path("/list")
@RunOnVirtualThread
public final class ListPage {
    private static final int MOST = 200;

    private final Answers answers;
    private final SeriesStore series;

    ListPage(Answers answers, SeriesStore series) {
        this.answers = answers;
        this.series = series;
    }

    /** What the page of a list shows. */
    public record Data(String list, String search, List<SeriesLine> series) {}

    /** What the page of all lists shows. */
    public record AllData(List<ListLine> lists) {}

    /** A list. */
    public record ListLine(String name, String href, int series, Moment last) {}

    @GET
    @Path("{form:(index\\.json)?}")
    public Response all(@PathParam("form") String form) {
        AllData data = new AllData(series.lists().stream()
                .map(l -> new ListLine(l.list(), Lines.list(l.list()), l.series(), Moment.of(l.last())))
                .toList());
        return answers.page(View.of("lists", "Lists", "/list/index", data), form.isEmpty() ? "" : Answers.JSON);
    }

    @GET
    @Path("{name:[^/]{1,300}@[^/]{1,200}?}{form:(\\.json)?}")
    public Response one(@PathParam("name") String name, @PathParam("form") String form) {
        List<StoredSeries> found = series.ofList(name, MOST);
        if (found.isEmpty()) {
            return answers.missing("Nothing came from a list of this name.");
        }
        Data data = new Data(name, Lines.search("list:" + name), Lines.series(found));
        return answers.page(View.of("list", name, Lines.list(name), data), form);
    }
}
