// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.jobs.ReviewJobs;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines.SeriesLine;
import org.patchoscope.bot.web.access.Tokens;

/** Reviewing a series again, or not. */
@Path("/api/series/{id:\\d{1,15}}")
@RunOnVirtualThread
public final class SeriesControlApi {
    private final Answers answers;
    private final SeriesStore series;
    private final ReviewJobs jobs;
    private final Tokens tokens;

    SeriesControlApi(Answers answers, SeriesStore series, ReviewJobs jobs, Tokens tokens) {
        this.answers = answers;
        this.series = series;
        this.jobs = jobs;
        this.tokens = tokens;
    }

    /** Has it reviewed again; what was said of it before keeps its page. */
    @POST
    @Path("rerun")
    @APIResponse(
            responseCode = "202",
            description = "The series, which waits.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SeriesLine.class)))
    public Response rerun(@PathParam("id") long id, @HeaderParam("Authorization") @Nullable String authorization) {
        return change(id, authorization, tokens.mayWrite(authorization) && jobs.rerun(id));
    }

    /** Has it not reviewed. A review that is under way ends, and nothing of it is kept. */
    @POST
    @Path("cancel")
    @APIResponse(
            responseCode = "202",
            description = "The series.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SeriesLine.class)))
    public Response cancel(@PathParam("id") long id, @HeaderParam("Authorization") @Nullable String authorization) {
        return change(id, authorization, tokens.mayWrite(authorization) && jobs.cancel(id));
    }

    private Response change(long id, @Nullable String authorization, boolean changed) {
        if (!tokens.mayWrite(authorization)) {
            return answers.unauthorized();
        }
        return series.find(id)
                .map(s -> answers.json(SeriesLine.of(s), changed ? 202 : 409))
                .orElseGet(() -> answers.problem(404, "there is no series " + id, "see /status"));
    }
}
