// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.web.Lines.CommandLine;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.Lines.ReviewLine;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** A version of a series: where it is on its way, or why it is not reviewed. */
@Path("/s")
@RunOnVirtualThread
public final class SeriesPage {
    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final CommandStore commands;

    SeriesPage(Answers answers, ReviewStore reviews, SeriesStore series, CommandStore commands) {
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
        this.commands = commands;
    }

    /** What the page shows. */
    public record Data(
            SeriesLine series,
            List<Moment> waitsUntil,
            String topic,
            String mails,
            List<ReviewLine> review,
            List<PatchLine> patches,
            List<CommandLine> commands) {}

    /** A patch as mailed. */
    public record PatchLine(int number, String title, String messageId) {}

    @GET
    @Path("{id:\\d{1,15}}{form:(\\.json|\\.mbox)?}")
    public Response show(@PathParam("id") long id, @PathParam("form") String form) {
        Optional<StoredSeries> found = series.find(id);
        if (found.isEmpty()) {
            return answers.missing("There is no series " + id + ".");
        }
        if (form.equals(".mbox")) {
            return Response.ok(series.mails(id), "application/mbox")
                    .header("Content-Disposition", "attachment; filename=\"series-" + id + ".mbox\"")
                    .build();
        }
        StoredSeries s = found.get();
        Data data = new Data(
                SeriesLine.of(s),
                series.waitsUntil(s).map(Moment::of).stream().toList(),
                Lines.topic(s.topic()),
                Lines.series(id) + ".mbox",
                reviews.ofSeries(id).map(ReviewLine::of).stream().toList(),
                series.patches(id).stream()
                        .map(p -> new PatchLine(p.number(), p.title(), p.messageId()))
                        .toList(),
                commands.about(id, s.root()).stream().map(CommandLine::of).toList());
        return answers.page(View.of("series", s.title(), Lines.series(id), data), form);
    }
}
