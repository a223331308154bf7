// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.bot.jobs.Intake;
import org.patchoscope.bot.jobs.Intake.Taken;
import org.patchoscope.mail.MailInputException;

/** Handing in a series by REST. */
@Path("/api/submit")
@RunOnVirtualThread
public final class SubmitApi {
    private final Answers answers;
    private final Intake intake;
    private final Tokens tokens;

    SubmitApi(Answers answers, Intake intake, Tokens tokens) {
        this.answers = answers;
        this.intake = intake;
        this.tokens = tokens;
    }

    /** What was handed in: a series each, and what is none. */
    public record Submitted(List<SubmittedSeries> series, List<NotSeries> rest) {}

    /** A series, and where its state is to be seen. */
    public record SubmittedSeries(String title, int version, boolean isNew, String page, String status) {}

    /** Mail that is part of no series, and why. */
    public record NotSeries(String messageId, String reason) {}

    /** Something was wrong with it. */
    public record Problem(String problem, String advice) {}

    @POST
    @Consumes({"application/mbox", "message/rfc822", "text/plain", "application/octet-stream"})
    public Response submit(@HeaderParam("Authorization") String authorization, byte[] mails) {
        if (!tokens.mayWrite(authorization)) {
            return answers.json(
                    new Problem("not allowed", "send the token of the configuration as Authorization: Bearer"), 401);
        }
        try {
            Taken taken = intake.take(new ByteArrayInputStream(mails), "submit");
            List<SubmittedSeries> series = new ArrayList<>();
            for (Intake.TakenSeries s : taken.series()) {
                String page = Lines.series(s.id());
                series.add(new SubmittedSeries(s.title(), s.version(), s.isNew(), page, page + ".json"));
            }
            List<NotSeries> rest = taken.rest().stream()
                    .map(r -> new NotSeries(r.messageId(), r.reason()))
                    .toList();
            return answers.json(new Submitted(series, rest), series.isEmpty() ? 422 : 202);
        } catch (MailInputException e) {
            return answers.json(new Problem(String.valueOf(e.getMessage()), e.advice()), 422);
        }
    }
}
