// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines.FindingLine;
import org.patchoscope.bot.web.Lines.ReviewLine;
import org.patchoscope.bot.web.Lines.SeriesLine;
import org.patchoscope.mail.MessageId;

/** A series and its review by the id of any of its mails, in every spelling that people paste. */
@Path("/api/series")
@RunOnVirtualThread
public final class SeriesApi {
    private final Answers answers;
    private final SeriesStore series;
    private final ReviewStore reviews;

    SeriesApi(Answers answers, SeriesStore series, ReviewStore reviews) {
        this.answers = answers;
        this.series = series;
        this.reviews = reviews;
    }

    /** What is answered. */
    public record Known(SeriesLine series, List<ReviewLine> review, List<FindingLine> findings) {}

    @GET
    @APIResponse(
            responseCode = "200",
            description = "A series, its review and findings.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Known.class)))
    public Response show(@QueryParam("id") @DefaultValue("") String id) {
        Optional<MessageId> message = MessageId.parse(id);
        if (message.isEmpty()) {
            return answers.problem(400, "not a message id", "give ?id=<message id> or its address");
        }
        Optional<StoredSeries> found = series.byMessage(message.get().key());
        if (found.isEmpty()) {
            return answers.problem(404, "no series has this mail", "hand it in");
        }
        var review = reviews.ofSeries(found.get().id());
        return answers.json(new Known(
                SeriesLine.of(found.get()),
                review.map(ReviewLine::of).stream().toList(),
                review.map(r -> reviews.findings(r.id())).orElse(List.of()).stream()
                        .map(FindingLine::of)
                        .toList()));
    }
}
