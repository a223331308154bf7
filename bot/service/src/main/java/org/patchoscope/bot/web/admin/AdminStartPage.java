// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.reply.ReplyState;
import org.patchoscope.bot.store.AdminStore;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.bot.web.StatusPage.SourceLine;
import org.patchoscope.bot.web.StatusPage.StateCount;
import org.patchoscope.bot.web.View;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Administrators.Viewer;

/** What waits for an administrator, where mail comes from, and what administrators did. */
@Path("/admin")
@AdminOnly
@RunOnVirtualThread
public final class AdminStartPage {
    private static final int MOST = 50;

    private final Answers answers;
    private final Administrators administrators;
    private final SeriesStore series;
    private final Outbox outbox;
    private final MailSources sources;
    private final AdminStore store;

    AdminStartPage(
            Answers answers,
            Administrators administrators,
            SeriesStore series,
            Outbox outbox,
            MailSources sources,
            AdminStore store) {
        this.answers = answers;
        this.administrators = administrators;
        this.series = series;
        this.outbox = outbox;
        this.sources = sources;
        this.store = store;
    }

    /** What the page shows. */
    public record Data(
            Viewer viewer,
            List<StateCount> series,
            List<StateCount> replies,
            List<SourceLine> sources,
            List<DeedLine> deeds) {}

    /** What an administrator did. */
    public record DeedLine(Moment at, String who, String what, String about) {
        static DeedLine of(AdminStore.Deed d) {
            return new DeedLine(Moment.of(d.at()), d.who(), d.what(), d.about());
        }
    }

    @GET
    @Path("{form:(index\\.json)?}")
    public Response show(@PathParam("form") String form) {
        Data data = new Data(
                administrators.viewer(),
                Arrays.stream(SeriesState.values())
                        .map(s -> new StateCount(s.key(), s.text(), series.count(s)))
                        .toList(),
                Arrays.stream(ReplyState.values())
                        .map(s -> new StateCount(s.key(), s.text(), outbox.count(s)))
                        .toList(),
                sources.all().stream().map(SourceLine::of).toList(),
                store.deeds(MOST).stream().map(DeedLine::of).toList());
        return answers.page(
                View.of("admin", "Administration", "/admin/index", data), form.isEmpty() ? "" : Answers.JSON);
    }

    /** Where the issuer sends a browser back to. */
    @GET
    @Path("login")
    public Response loggedIn() {
        return Response.seeOther(URI.create("/admin/")).build();
    }
}
