// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.jobs.ReviewJobs;
import org.patchoscope.bot.reply.Outbox;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.AdminStore;
import org.patchoscope.bot.web.Answers;
import org.patchoscope.bot.web.access.Administrators;
import org.patchoscope.bot.web.access.Login.Person;

/**
 * All that forms of administrators do, at one place: each is checked to come from a page that was shown to who sends it, and what
 * was done is kept with their name. Where a browser goes next is fixed.
 */
@Path("/admin/do")
@AdminOnly
@RunOnVirtualThread
public final class AdminActions {
    private static final Logger LOG = Logger.getLogger(AdminActions.class);

    private final Answers answers;
    private final Administrators administrators;
    private final ReviewJobs jobs;
    private final Outbox outbox;
    private final ReviewIndex index;
    private final AdminStore store;

    AdminActions(
            Answers answers,
            Administrators administrators,
            ReviewJobs jobs,
            Outbox outbox,
            ReviewIndex index,
            AdminStore store) {
        this.answers = answers;
        this.administrators = administrators;
        this.jobs = jobs;
        this.outbox = outbox;
        this.index = index;
        this.store = store;
    }

    /** What there is to do. */
    public enum Action {
        /** Has a series reviewed again. */
        RERUN("reviewed again", "/admin/queue"),
        /** Has a series not reviewed. */
        CANCEL("cancelled", "/admin/queue"),
        /** Lets a reply go. */
        SEND("let go", "/admin/outbox/"),
        /** Keeps a reply back. */
        REJECT("kept back", "/admin/outbox/"),
        /** Takes back that a finding is not told. */
        TELL("to be reported again", "/admin/dismissed"),
        /** Makes the search index of this process anew, beside the one that answers meanwhile. */
        INDEX("made anew", "/admin/");

        private final String text;
        private final String next;

        Action(String text, String next) {
            this.text = text;
            this.next = next;
        }

        static Optional<Action> of(String name) {
            return Arrays.stream(values())
                    .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    /**
     * Does it.
     *
     * @param id of the series, the reply or the topic
     * @param finding its identity, where it is about one
     */
    @POST
    @Path("{action:[a-z]{1,10}}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            @PathParam("action") String action,
            @FormParam("form") @Nullable String form,
            @HeaderParam("Sec-Fetch-Site") @Nullable String site,
            @FormParam("id") @Nullable Long id,
            @FormParam("finding") @Nullable String finding) {
        Person person = administrators.sender(form, site);
        Optional<Action> found = Action.of(action);
        if (found.isEmpty()) {
            return answers.missing("There is nothing of this name to do.");
        }
        long number = id == null ? 0 : id;
        String about = finding == null ? "" : finding;
        if (!does(found.get(), number, about)) {
            return answers.message(409, "Not done", "It is not, or no longer, in a state in which that can be done.");
        }
        store.note(person.name(), found.get().text, what(found.get(), number, about));
        String next = found.get().next;
        return Response.seeOther(URI.create(next.endsWith("outbox/") ? next + number : next))
                .build();
    }

    private boolean does(Action action, long id, String finding) {
        return switch (action) {
            case RERUN -> jobs.rerun(id);
            case CANCEL -> jobs.cancel(id);
            case SEND -> outbox.moderate(id, true);
            case REJECT -> outbox.moderate(id, false);
            case TELL -> store.tellAgain(id, finding);
            case INDEX -> {
                Thread.ofVirtual().name("index anew").start(this::rebuild);
                yield true;
            }
        };
    }

    private void rebuild() {
        try {
            LOG.infof("the index was made anew: %d reviews", index.rebuild());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "the index could not be made anew; what was before it answers");
        }
    }

    private static String what(Action action, long id, String finding) {
        return switch (action) {
            case RERUN, CANCEL -> "series " + id;
            case SEND, REJECT -> "reply " + id;
            case TELL -> "finding " + finding + " of topic " + id;
            case INDEX -> "the search index";
        };
    }
}
