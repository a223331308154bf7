// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines;
import org.patchoscope.bot.web.Lines.SeriesLine;
import org.patchoscope.bot.web.View;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Administrators.Viewer;

/** What is under review and what is done with, to be cancelled or reviewed again. */
@Path("/admin")
@AdminOnly
@RunOnVirtualThread
public final class AdminQueuePage {
    private static final int MOST = 100;

    private final Answers answers;
    private final Administrators administrators;
    private final SeriesStore series;

    AdminQueuePage(Answers answers, Administrators administrators, SeriesStore series) {
        this.answers = answers;
        this.administrators = administrators;
        this.series = series;
    }

    /** What the page shows. */
    public record Data(
            Viewer viewer, List<SeriesLine> underWay, List<SeriesLine> notReviewed, List<SeriesLine> reviewed) {}

    @GET
    @Path("queue{form:(\\.json)?}")
    public Response show(@PathParam("form") String form) {
        Data data = new Data(
                administrators.viewer(),
                Lines.series(series.underWay(MOST)),
                Lines.series(series.in(EnumSet.of(SeriesState.NOT_REVIEWED), MOST)),
                Lines.series(series.in(EnumSet.of(SeriesState.REVIEWED), MOST)));
        return answers.page(View.of("admin-queue", "Queue", "/admin/queue", data), form);
    }
}
