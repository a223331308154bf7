// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.patchoscope.bot.checks.Checks;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredPatch;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.access.PublicAddress;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailSource;

/**
 * What b4 asks for: {@code /api/check}, the result of a check command, and {@code /api/patchset}, which b4's review command
 * reads where its {@code sashiko-url} is the address of this service (b4, src/b4/review/checks.py).
 */
@Path("/api")
@RunOnVirtualThread
public final class CheckApi {
    private static final int MOST_OF_A_HEAD = 64 << 10;

    private final Answers answers;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final Checks checks;
    private final PublicAddress address;

    CheckApi(Answers answers, SeriesStore series, ReviewStore reviews, Checks checks, PublicAddress address) {
        this.address = address;
        this.answers = answers;
        this.series = series;
        this.reviews = reviews;
        this.checks = checks;
    }

    /** A series. */
    public record Patchset(
            long id,
            @JsonProperty("message_id") String messageId,
            String subject,
            String author,
            String status,
            List<PatchEntry> patches,
            List<ReviewEntry> reviews) {}

    /** One of its patches. */
    public record PatchEntry(
            long id,
            @JsonProperty("message_id") String messageId,
            @JsonProperty("part_index") int part,
            String subject) {}

    /**
     * What was said of a patch.
     *
     * @param output a JSON text of its own, with {@code findings}
     */
    public record ReviewEntry(
            long id, @JsonProperty("patch_id") long patch, String status, String result, String output) {}

    /** A finding in the output; medium is shown as a warning, low as information. */
    public record Finding(
            String problem,
            String severity,
            @JsonProperty("severity_explanation") String explanation,
            boolean preexisting) {}

    /** Checks of a mail; an empty list where nothing can be said of it. */
    @GET
    @Path("check")
    @APIResponse(
            responseCode = "200",
            description = "Checks; none where nothing can be said.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Checks.Check.class, type = SchemaType.ARRAY)))
    public Response check(@QueryParam("id") @DefaultValue("") String id) {
        Optional<MessageId> mail = MessageId.parse(id);
        if (mail.isEmpty()) {
            return unreadable();
        }
        return answers.json(checks(mail.get()));
    }

    /**
     * The same of a mail that is sent whole, for a command that b4 runs: {@code curl --data-binary @-}. Only its head is looked at.
     */
    @POST
    @Path("check")
    @Blocking
    @Consumes({"application/mbox", "message/rfc822", "text/plain", "application/octet-stream"})
    @APIResponse(
            responseCode = "200",
            description = "Checks; none where nothing can be said.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Checks.Check.class, type = SchemaType.ARRAY)))
    public Response checkMail(InputStream mail) throws IOException {
        byte[] head = mail.readNBytes(MOST_OF_A_HEAD);
        Message read = MailSource.readMessage(head);
        return read.header("Message-ID").isPresent() ? answers.json(checks(read.id())) : unreadable();
    }

    private List<Checks.Check> checks(MessageId mail) {
        return series
                .byMessage(mail.key())
                .flatMap(s -> checks.of(s, series.patches(s.id()), mail, address.site()))
                .stream()
                .toList();
    }

    /** A series by the id of any of its mails. */
    @GET
    @Path("patchset")
    @APIResponse(
            responseCode = "200",
            description = "The series.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Patchset.class)))
    public Response patchset(@QueryParam("id") @DefaultValue("") String id) {
        Optional<MessageId> mail = MessageId.parse(id);
        if (mail.isEmpty()) {
            return unreadable();
        }
        return series.byMessage(mail.get().key())
                .filter(this::isSomethingSaid)
                .map(s -> answers.json(patchset(s, mail.get())))
                .orElseGet(() ->
                        answers.problem(404, "of no series that has this mail anything is said", "see /api/series"));
    }

    private Response unreadable() {
        return answers.problem(400, "not a message id", "give ?id=<message id> or its address");
    }

    /** A patchset without a review passes at b4's; so one that was not reviewed, for whatever reason, is none. */
    private boolean isSomethingSaid(StoredSeries s) {
        return reviews.ofSeries(s.id()).isPresent()
                || s.state() != SeriesState.NOT_REVIEWED
                || s.reason() == Reason.INCOMPLETE;
    }

    private Patchset patchset(StoredSeries s, MessageId asked) {
        List<StoredPatch> patches = series.patches(s.id());
        List<PatchEntry> entries = patches.stream()
                .map(p -> new PatchEntry(id(s, p), p.messageId(), p.number(), p.title()))
                .toList();
        // The first mail's id is kept in the form in which ids are compared; who asks for it is answered in his.
        String root = asked.key().equals(s.root()) ? asked.value() : s.root();
        List<ReviewEntry> said = new ArrayList<>();
        reviews.ofSeries(s.id()).ifPresent(r -> {
            List<StoredFinding> findings = reviews.findings(r.id());
            Review review = reviews.read(r.id());
            patches.forEach(p -> said.add(new ReviewEntry(
                    r.id() * 1_000 + p.number(),
                    id(s, p),
                    "Reviewed",
                    r.result(),
                    output(findings, p.number(), review))));
        });
        return new Patchset(
                s.id(), root, s.title(), s.author(), said.isEmpty() ? status(s) : "Reviewed", entries, said);
    }

    /** Patches have no numbers of their own here; they need some that no other patch has. */
    private static long id(StoredSeries s, StoredPatch p) {
        return s.id() * 1_000 + p.number();
    }

    private static String status(StoredSeries s) {
        return switch (s.state()) {
            case WAITING -> "Pending";
            case RUNNING -> "In Review";
            case REVIEWED -> "Reviewed";
            case AWAITING_PARTS, NOT_REVIEWED -> "Incomplete";
        };
    }

    private String output(List<StoredFinding> findings, int patch, Review review) {
        Stream<Finding> found = findings.stream()
                .filter(f -> f.patch() == patch)
                .map(f -> new Finding(
                        f.arch() + ": " + f.summary(),
                        f.kind().equals("changed") ? "medium" : "low",
                        f.fate().equals("undone") ? "a later patch of the series undoes it" : f.kind(),
                        false));
        // Without any finding a patch passes, and not all of this one was simulated.
        Stream<Finding> open = Checks.open(
                review.patches().stream().filter(p -> p.number() == patch).toList())
                .map(o -> new Finding(o, "medium", "the page of the review says what, and why", false))
                .stream();
        return answers.asText(Map.of("findings", Stream.concat(found, open).toList()));
    }
}
