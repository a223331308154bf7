// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.Reply;
import org.patchoscope.bot.reply.ReplyState;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.MailText;
import org.patchoscope.bot.web.ReplyLines;
import org.patchoscope.bot.web.ReplyLines.ReplyLine;
import org.patchoscope.bot.web.View;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Administrators.Viewer;

/** Replies that wait for a person, those on their way, and those of which something is wrong. */
@Path("/admin")
@AdminOnly
@RunOnVirtualThread
public final class AdminOutboxPage {
    private static final int MOST = 100;

    private final Answers answers;
    private final Administrators administrators;
    private final Outbox outbox;
    private final ReplyLines lines;

    AdminOutboxPage(Answers answers, Administrators administrators, Outbox outbox, ReplyLines lines) {
        this.answers = answers;
        this.administrators = administrators;
        this.outbox = outbox;
        this.lines = lines;
    }

    /** What the page of all shows. */
    public record Data(Viewer viewer, List<ReplyLine> held, List<ReplyLine> onTheWay, List<ReplyLine> wrong) {}

    /** What the page of one shows. */
    public record OneData(
            Viewer viewer, long id, ReplyLine reply, List<String> recipients, List<String> message, boolean held) {}

    @GET
    @Path("outbox{form:(\\.json)?}")
    public Response all(@PathParam("form") String form) {
        Data data = new Data(
                administrators.viewer(),
                in(EnumSet.of(ReplyState.HELD)),
                in(EnumSet.of(ReplyState.QUEUED, ReplyState.SENDING)),
                in(EnumSet.of(ReplyState.UNCERTAIN, ReplyState.REFUSED, ReplyState.BOUNCED)));
        return answers.page(View.of("admin-outbox", "Moderation", "/admin/outbox", data), form);
    }

    @GET
    @Path("outbox/{id:\\d{1,15}}{form:(\\.json)?}")
    public Response one(@PathParam("id") long id, @PathParam("form") String form) {
        Optional<Reply> found = outbox.find(id);
        if (found.isEmpty()) {
            return answers.missing("There is no reply " + id + ".");
        }
        Reply reply = found.get();
        OneData data = new OneData(
                administrators.viewer(),
                id,
                lines.of(reply, AdminOutboxPage::address),
                reply.recipients(),
                MailText.lines(outbox.message(id)),
                reply.state() == ReplyState.HELD);
        return answers.page(View.of("admin-reply", "Reply " + id, address(id), data), form);
    }

    private List<ReplyLine> in(EnumSet<ReplyState> states) {
        return outbox.in(states, MOST).stream()
                .map(r -> lines.of(r, AdminOutboxPage::address))
                .toList();
    }

    private static String address(long id) {
        return "/admin/outbox/" + id;
    }
}
