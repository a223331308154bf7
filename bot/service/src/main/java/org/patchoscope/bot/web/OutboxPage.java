// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.Reply;
import org.patchoscope.bot.reply.ReplyState;
import org.patchoscope.bot.web.ReplyLines.ReplyLine;
import org.patchoscope.bot.web.access.Tokens;

/** What was decided about each review and about commands, the mails as they would be sent, and the place to let one go. */
@Path("/outbox")
@RunOnVirtualThread
public final class OutboxPage {
    private static final int MOST = 100;
    /** Of these the mail is out. */
    private static final Set<ReplyState> PUBLIC = EnumSet.of(ReplyState.SENT, ReplyState.BOUNCED, ReplyState.UNCERTAIN);

    private final Answers answers;
    private final Outbox outbox;
    private final ReplyLines lines;
    private final Tokens tokens;

    OutboxPage(Answers answers, Outbox outbox, ReplyLines lines, Tokens tokens) {
        this.answers = answers;
        this.outbox = outbox;
        this.lines = lines;
        this.tokens = tokens;
    }

    /** What the page of all shows. */
    public record Data(List<ReplyLine> replies) {}

    /** What the page of one shows. */
    public record OneData(ReplyLine reply, List<String> recipients, List<String> message, boolean kept, boolean held) {}

    @GET
    @Path("{form:(index\\.json)?}")
    public Response all(@PathParam("form") String form) {
        Data data = new Data(outbox.newest(MOST).stream()
                .map(r -> lines.of(r, OutboxPage::address))
                .toList());
        return answers.page(View.of("outbox", "Outbox", "/outbox/index", data), form.isEmpty() ? "" : Answers.JSON);
    }

    @GET
    @Path("{id:\\d{1,15}}{form:(\\.json)?}")
    public Response one(@PathParam("id") long id, @PathParam("form") String form) {
        Optional<Reply> found = outbox.find(id);
        if (found.isEmpty()) {
            return answers.missing("There is no reply " + id + ".");
        }
        Reply reply = found.get();
        return answers.page(
                View.of("reply", "Reply " + id, "/outbox/" + id, data(reply, PUBLIC.contains(reply.state()))), form);
    }

    /** What nobody has sent is shown to who may send it. */
    private OneData data(Reply reply, boolean whole) {
        return new OneData(
                lines.of(reply, OutboxPage::address),
                whole ? reply.recipients() : List.of(),
                whole ? MailText.lines(outbox.message(reply.id())) : List.of(),
                !whole && !reply.recipients().isEmpty(),
                reply.state() == ReplyState.HELD);
    }

    /** The form carries the token itself: a page elsewhere, which does not know it, cannot send it along. */
    @POST
    @Path("{id:\\d{1,15}}")
    public Response moderate(
            @PathParam("id") long id,
            @FormParam("token") @Nullable String token,
            @FormParam("action") @Nullable String action) {
        if (!tokens.mayWrite("Bearer " + (token == null ? "" : token))) {
            return answers.message(401, "Not allowed", "The token is not one of the configuration.");
        }
        if ("show".equals(action)) {
            return outbox.find(id)
                    .map(r -> answers.page(View.of("reply", "Reply " + id, "/outbox/" + id, data(r, true)), ""))
                    .orElseGet(() -> answers.missing("There is no reply " + id + "."));
        }
        boolean go = "send".equals(action);
        if (!go && !"reject".equals(action)) {
            return answers.message(400, "Not understood", "The action is show, send or reject.");
        }
        return outbox.moderate(id, go)
                ? Response.seeOther(URI.create("/outbox/" + id)).build()
                : answers.message(409, "Not waiting", "This reply does not wait for a person.");
    }

    private static String address(long id) {
        return "/outbox/" + id;
    }
}
