// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.search.SearchRequest;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.web.access.PublicAddress;

/**
 * Atom feeds (RFC 4287): reviews that a search finds, and reviews that have a finding. An entry is a review, dated by when it was
 * made; it has the same id for good, wherever it is read.
 */
@Path("/")
@RunOnVirtualThread
public final class FeedPage {
    private static final int MOST = 50;

    private final Site site;
    private final ReviewIndex index;
    private final ReviewStore reviews;
    private final PublicAddress address;

    FeedPage(Site site, ReviewIndex index, ReviewStore reviews, PublicAddress address) {
        this.site = site;
        this.index = index;
        this.reviews = reviews;
        this.address = address;
    }

    /** What the feed shows. */
    public record Data(String id, String title, String updated, String self, String page, List<Entry> entries) {}

    /** An entry. */
    public record Entry(
            String id, String title, String published, String updated, String href, String author, String summary) {}

    /** Reviews that a search finds; without a question all. */
    @GET
    @Path("search.atom")
    public Response search(@QueryParam("q") @DefaultValue("") String query, @QueryParam("f") List<String> facets)
            throws IOException {
        SearchRequest request = SearchPage.request(query, facets, "date", "1");
        Addresses to = new Addresses(request);
        List<StoredReview> found = index.reviews(request, MOST).stream()
                .flatMap(r -> reviews.find(r).stream())
                .toList();
        return feed("Patchoscope" + (query.isBlank() ? "" : ": " + query), to.feed(), to.page(1), found);
    }

    /** Reviews that have a finding, by its identity. */
    @GET
    @Path("finding/{identity:[0-9a-f]{12}}.atom")
    public Response finding(@PathParam("identity") String identity) {
        List<StoredFinding> seen = reviews.ofIdentity(identity, MOST);
        List<StoredReview> found = seen.stream()
                .map(StoredFinding::review)
                .distinct()
                .flatMap(r -> reviews.find(r).stream())
                .toList();
        String title = seen.isEmpty() ? "No such finding" : seen.getFirst().summary();
        String page = seen.isEmpty() ? "/" : Lines.finding(seen.getFirst());
        return feed(title, "/finding/" + identity + ".atom", page, found);
    }

    private Response feed(String title, String self, String page, List<StoredReview> found) {
        Instant newest =
                found.stream().map(StoredReview::made).max(Instant::compareTo).orElse(Instant.EPOCH);
        String own = address.site() + self;
        Data data = new Data(
                own,
                title,
                newest.toString(),
                own,
                address.site() + page,
                found.stream().map(this::entry).toList());
        return Response.ok(site.feed(data), "application/atom+xml;charset=utf-8")
                .build();
    }

    private Entry entry(StoredReview review) {
        String version = review.series().version() > 1 ? " v" + review.series().version() : "";
        return new Entry(
                id(review),
                review.series().title() + version,
                review.made().toString(),
                review.made().toString(),
                address.site() + Lines.review(review.id()),
                Optional.of(review.series().author()).filter(a -> !a.isBlank()).orElse("unknown"),
                review.result());
    }

    /** Of the mail and the time, not of the address: a service may move, and a database be restored elsewhere. */
    private static String id(StoredReview review) {
        String name = review.series().root() + " " + review.series().version() + " " + review.made();
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
