// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.jobs.Intake;
import org.patchoscope.bot.jobs.Intake.Taken;
import org.patchoscope.bot.jobs.MailLookup;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines;
import org.patchoscope.bot.web.access.Tokens;
import org.patchoscope.bot.web.access.Uploads;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * Handing in a series by REST. Not on a virtual thread: the framework reads a whole body into memory before it starts one, and nothing is
 * to be read of a body before its sender is known.
 */
@Path("/api/submit")
@Blocking
public final class SubmitApi {
    private static final Logger LOG = Logger.getLogger(SubmitApi.class);

    private final Answers answers;
    private final Intake intake;
    private final MailLookup mail;
    private final Tokens tokens;
    private final Uploads uploads;

    SubmitApi(Answers answers, Intake intake, MailLookup mail, Tokens tokens, Uploads uploads) {
        this.uploads = uploads;
        this.answers = answers;
        this.mail = mail;
        this.intake = intake;
        this.tokens = tokens;
    }

    /** What was handed in: a series each, and what is none. */
    public record Submitted(List<SubmittedSeries> series, List<NotSeries> rest) {}

    /** A series, and where its state is to be seen. */
    public record SubmittedSeries(String title, int version, boolean isNew, String page, String status) {
        static SubmittedSeries of(Intake.TakenSeries s) {
            String page = Lines.series(s.id());
            return new SubmittedSeries(s.title(), s.version(), s.isNew(), page, page + ".json");
        }
    }

    /** Mail that is part of no series, and why. */
    public record NotSeries(String messageId, String reason) {}

    /** Hands in mails. The token is looked at before anything of the body is read. */
    @POST
    @Consumes({"application/mbox", "message/rfc822", "text/plain", "application/octet-stream"})
    @APIResponse(
            responseCode = "202",
            description = "What was handed in.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Submitted.class)))
    public Response submit(@HeaderParam("Authorization") @Nullable String authorization, InputStream mails)
            throws IOException, InterruptedException {
        if (!tokens.mayWrite(authorization)) {
            return notAllowed();
        }
        try {
            Taken taken = uploads.take(mails, body -> intake.take(body, "submit"));
            List<SubmittedSeries> series =
                    taken.series().stream().map(SubmittedSeries::of).toList();
            List<NotSeries> rest = taken.rest().stream()
                    .map(r -> new NotSeries(r.messageId(), r.reason()))
                    .toList();
            return answers.json(new Submitted(series, rest), series.isEmpty() ? 422 : 202);
        } catch (MailInputException e) {
            return answers.problem(422, String.valueOf(e.getMessage()), e.advice());
        } catch (Uploads.Refused e) {
            return answers.problem(e.status(), String.valueOf(e.getMessage()), "hand in one thread at a time");
        }
    }

    /** Hands in the series that a mail belongs to, which the store of mail has. */
    @POST
    @Path("message")
    @APIResponse(
            responseCode = "202",
            description = "The series.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Submitted.class)))
    public Response submit(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("id") @DefaultValue("") String id) {
        if (!tokens.mayWrite(authorization)) {
            return notAllowed();
        }
        Optional<MessageId> message = MessageId.parse(id);
        if (message.isEmpty()) {
            return answers.problem(400, "not a message id", "give ?id=<message id> or its address");
        }
        try {
            Optional<NewSeries> found = mail.find(message.get());
            if (found.isEmpty()) {
                return answers.problem(404, "the store of mail has no series with this mail", "hand in the mails");
            }
            return answers.json(new Submitted(List.of(SubmittedSeries.of(intake.take(found.get()))), List.of()), 202);
        } catch (IOException e) {
            LOG.infof("the store of mail cannot be read: %s", e.getMessage());
            return answers.problem(503, "the store of mail cannot be read now", "try again");
        }
    }

    private Response notAllowed() {
        return answers.unauthorized();
    }
}
