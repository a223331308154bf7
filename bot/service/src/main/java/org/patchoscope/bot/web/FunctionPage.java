// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.web.Lines.FindingLine;
import org.patchoscope.bot.web.Lines.ReviewLine;

/** Every finding that was ever seen in a function. */
@Path("/f")
@RunOnVirtualThread
public final class FunctionPage {
    private static final int MOST = 300;

    private final Answers answers;
    private final ReviewStore reviews;

    FunctionPage(Answers answers, ReviewStore reviews) {
        this.answers = answers;
        this.reviews = reviews;
    }

    /** What the page shows. */
    public record Data(String function, String search, List<Group> reviews) {}

    /** A review and those of its findings that are meant. */
    public record Group(ReviewLine review, List<FindingLine> findings) {}

    @GET
    @Path("{name:[A-Za-z_][A-Za-z0-9_.$]{0,200}?}{form:(\\.json)?}")
    public Response show(@PathParam("name") String name, @PathParam("form") String form) {
        Map<Long, List<FindingLine>> found = new LinkedHashMap<>();
        for (StoredFinding f : reviews.ofFunction(name, MOST)) {
            found.computeIfAbsent(f.review(), r -> new ArrayList<>()).add(FindingLine.of(f));
        }
        List<Group> groups = new ArrayList<>();
        found.forEach((review, findings) ->
                reviews.find(review).ifPresent(r -> groups.add(new Group(ReviewLine.of(r), findings))));
        Data data = new Data(name, Lines.search("function:" + name), groups);
        return answers.page(View.of("function", name + "()", Lines.function(name), data), form);
    }
}
