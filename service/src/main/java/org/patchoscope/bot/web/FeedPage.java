// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.search.SearchRequest;
import org.patchoscope.bot.search.SearchResult;
import org.patchoscope.bot.search.SearchResult.Hit;
import org.patchoscope.bot.search.SearchResult.Piece;

/** A search as an Atom feed (RFC 4287), the newest first. Without a question it is everything. */
@Path("/search.atom")
@RunOnVirtualThread
public final class FeedPage {
    private final Site site;
    private final ReviewIndex index;

    FeedPage(Site site, ReviewIndex index) {
        this.site = site;
        this.index = index;
    }

    /** What the feed shows. */
    public record Data(String id, String title, String updated, String self, String page, List<Entry> entries) {}

    /** An entry. */
    public record Entry(String id, String title, String updated, String href, String author, String summary) {}

    @GET
    public Response show(
            @QueryParam("q") @DefaultValue("") String query, @QueryParam("f") List<String> facets, @Context UriInfo uri)
            throws IOException {
        SearchRequest request = SearchPage.request(query, facets, "date", "1");
        SearchResult found = index.search(request);
        Addresses to = new Addresses(request);
        String base = uri.getBaseUri().toString().replaceFirst("/$", "");
        Instant newest =
                found.hits().stream().map(Hit::date).max(Instant::compareTo).orElse(Instant.EPOCH);
        Data data = new Data(
                base + to.feed(),
                "Patchoscope" + (query.isBlank() ? "" : ": " + query),
                newest.toString(),
                base + to.feed(),
                base + to.page(1),
                found.hits().stream().map(h -> entry(h, base)).toList());
        return Response.ok(site.feed(data), "application/atom+xml;charset=utf-8")
                .build();
    }

    private static Entry entry(Hit hit, String base) {
        String href = base + Lines.review(hit.review()) + "#" + hit.anchor();
        String where = String.join(", ", hit.archs()) + ": " + String.join(", ", hit.verdicts()) + " in " + hit.series()
                + " v" + hit.version();
        return new Entry(href, text(hit.title()), hit.date().toString(), href, hit.author(), where);
    }

    private static String text(List<Piece> pieces) {
        String text = pieces.stream().map(Piece::text).collect(Collectors.joining());
        // XML has no way to say most control characters, not even escaped.
        return text.replaceAll("[\\p{Cntrl}\\x{fffe}\\x{ffff}\\p{Cs}]", "\ufffd");
    }
}
