// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.patchoscope.bot.store.AdminStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.View;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Administrators.Viewer;

/** What people asked for by mail and what holds until it is taken back: findings not told, assumptions, topics without mail. */
@Path("/admin")
@AdminOnly
@RunOnVirtualThread
public final class AdminDismissedPage {
    private static final int MOST = 200;

    private final Answers answers;
    private final Administrators administrators;
    private final AdminStore store;

    AdminDismissedPage(Answers answers, Administrators administrators, AdminStore store) {
        this.answers = answers;
        this.administrators = administrators;
        this.store = store;
    }

    /** What the page shows. */
    public record Data(Viewer viewer, List<WishLine> dismissed, List<WishLine> assumed, List<WishLine> stopped) {}

    /** Something that was asked for, by whom, and by what right. */
    public record WishLine(
            String topicHref,
            long topic,
            String title,
            String subject,
            String text,
            String reason,
            String sender,
            String by,
            Moment since) {
        static WishLine of(AdminStore.Wish w) {
            return new WishLine(
                    Lines.topic(w.topic()),
                    w.topic(),
                    w.title(),
                    w.subject(),
                    w.text(),
                    w.reason(),
                    w.sender(),
                    w.ground().toLowerCase(Locale.ROOT),
                    Moment.of(w.since()));
        }
    }

    @GET
    @Path("dismissed{form:(\\.json)?}")
    public Response show(@PathParam("form") String form) {
        Data data = new Data(
                administrators.viewer(),
                lines(store.dismissed(MOST)),
                lines(store.assumed(MOST)),
                lines(store.stopped(MOST)));
        return answers.page(View.of("admin-dismissed", "Dismissed", "/admin/dismissed", data), form);
    }

    private static List<WishLine> lines(List<AdminStore.Wish> wishes) {
        return wishes.stream().map(WishLine::of).toList();
    }
}
