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
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.search.SearchRequest;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchRequest.Sort;
import org.patchoscope.bot.search.SearchResult;
import org.patchoscope.bot.search.SearchResult.Piece;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.web.Lines.Moment;
import org.patchoscope.mail.MessageId;

/** What a search found, with what it can be narrowed down to. */
@Path("/")
@RunOnVirtualThread
public final class SearchPage {
    private static final int LONGEST = 1_000;

    private static final Pattern FINDING = Pattern.compile("[0-9a-f]{12}");

    private final Answers answers;
    private final ReviewIndex index;
    private final ReviewStore reviews;
    private final SeriesStore series;

    SearchPage(Answers answers, ReviewIndex index, ReviewStore reviews, SeriesStore series) {
        this.reviews = reviews;
        this.series = series;
        this.answers = answers;
        this.index = index;
    }

    /** What the page shows. */
    public record Data(
            String query,
            long total,
            boolean about,
            boolean complete,
            String found,
            String time,
            List<HitLine> hits,
            List<FacetBox> facets,
            List<Chosen> chosen,
            List<String> notes,
            List<Chosen> suggestion,
            List<Link> sorts,
            List<Link> pages,
            String json,
            String feed) {}

    /** A match. */
    public record HitLine(
            String href,
            String type,
            List<Piece> title,
            List<List<Piece>> snippets,
            String series,
            String topic,
            int version,
            int patch,
            String archs,
            List<String> verdicts,
            String functions,
            Moment date) {}

    /** A field's values. */
    public record FacetBox(String name, List<FacetLine> values) {}

    /** A value: {@code href} adds it, or takes it away if it is chosen. */
    public record FacetLine(String text, int count, boolean about, boolean chosen, String href) {}

    /** Something and its address. */
    public record Chosen(String text, String href) {}

    /** A link, or the place one is at. */
    public record Link(String text, String href, boolean here) {}

    @GET
    @Path("search{form:(\\.json)?}")
    public Response show(
            @PathParam("form") String form,
            @QueryParam("q") @DefaultValue("") String query,
            @QueryParam("f") List<String> facets,
            @QueryParam("sort") @DefaultValue("relevance") String sort,
            @QueryParam("page") @DefaultValue("1") String page)
            throws IOException {
        if (query.length() > LONGEST) {
            String what = "The query has " + query.length() + " characters; at most " + LONGEST + " are taken.";
            return form.isEmpty()
                    ? answers.message(400, "Too long", what)
                    : answers.problem(400, what, "ask for less at once");
        }
        Optional<String> named = form.isEmpty() ? named(query.strip()) : Optional.empty();
        if (named.isPresent()) {
            return Response.seeOther(URI.create(named.get())).build();
        }
        SearchRequest request = request(query, facets, sort, page);
        Addresses to = new Addresses(request);
        SearchResult found = index.search(request);
        View view = new View(
                "search", query.isBlank() ? "Search" : query, query, "/search", to.feed(), data(request, found, to));
        return answers.page(view, form);
    }

    /** What is asked for by its id: a mail, also by its address in an archive, or a finding. */
    private Optional<String> named(String query) {
        if (FINDING.matcher(query).matches()) {
            return reviews.ofIdentity(query, 1).stream().map(Lines::finding).findFirst();
        }
        if (query.isEmpty() || query.contains(" ") || !query.contains("@")) {
            return Optional.empty();
        }
        return MessageId.parse(query)
                .flatMap(id -> series.byMessage(id.key()))
                .map(s ->
                        reviews.ofSeries(s.id()).map(r -> Lines.review(r.id())).orElse(Lines.series(s.id())));
    }

    static SearchRequest request(String query, List<String> facets, String sort, String page) {
        List<Choice> chosen = new ArrayList<>();
        for (String facet : facets) {
            int colon = facet.indexOf(':');
            if (colon > 0 && chosen.size() < 12) {
                chosen.add(new Choice(facet.substring(0, colon), facet.substring(colon + 1)));
            }
        }
        // Without a question there is no relevance; the newest come first.
        boolean date = sort.equals("date") || query.isBlank();
        return new SearchRequest(query, chosen, date ? Sort.DATE : Sort.RELEVANCE, number(page));
    }

    private static int number(String page) {
        return page.matches("\\d{1,4}") ? Integer.parseInt(page) : 1;
    }

    /** An estimate is given with two digits: it is no better than that. */
    private static String found(SearchResult found) {
        if (!found.about()) {
            return String.format(Locale.ENGLISH, "%,d", found.total());
        }
        long unit = (long) Math.pow(10, Math.max(0, Long.toString(found.total()).length() - 2));
        return String.format(Locale.ENGLISH, "about %,d", Math.round((double) found.total() / unit) * unit);
    }

    private static Data data(SearchRequest request, SearchResult found, Addresses to) {
        return new Data(
                request.query(),
                found.total(),
                found.about(),
                found.complete(),
                found(found),
                found.micros() < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f ms", found.micros() / 1e3)
                        : String.format(Locale.ROOT, "%.1f s", found.micros() / 1e6),
                found.hits().stream().map(SearchPage::hit).toList(),
                found.facets().stream()
                        .filter(f -> narrows(f, found.total()))
                        .map(f -> box(f, to))
                        .toList(),
                request.chosen().stream()
                        .map(c -> new Chosen(c.facet() + ": " + c.value(), to.toggle(c)))
                        .toList(),
                found.notes(),
                found.suggestion().isEmpty()
                        ? List.of()
                        : List.of(new Chosen(found.suggestion(), Lines.search(found.suggestion()))),
                List.of(
                        new Link("relevance", to.sorted(Sort.RELEVANCE), request.sort() == Sort.RELEVANCE),
                        new Link("date", to.sorted(Sort.DATE), request.sort() == Sort.DATE)),
                pages(request, found, to),
                to.json(),
                to.feed());
    }

    /** A value that every match has narrows nothing down. */
    private static boolean narrows(SearchResult.Facet facet, long total) {
        return facet.values().stream().anyMatch(v -> v.chosen() || v.count() < total);
    }

    private static FacetBox box(SearchResult.Facet facet, Addresses to) {
        return new FacetBox(
                facet.name(),
                facet.values().stream()
                        .map(v -> new FacetLine(
                                v.text(),
                                v.count(),
                                v.about(),
                                v.chosen(),
                                to.toggle(new Choice(facet.name(), v.text()))))
                        .toList());
    }

    private static List<Link> pages(SearchRequest request, SearchResult found, Addresses to) {
        if (found.pages() < 2) {
            return List.of();
        }
        List<Link> out = new ArrayList<>();
        int first = Math.max(1, request.page() - 4);
        int last = Math.min(found.pages(), request.page() + 4);
        for (int i = first; i <= last; i++) {
            out.add(new Link(Integer.toString(i), to.page(i), i == request.page()));
        }
        return out;
    }

    private static HitLine hit(SearchResult.Hit hit) {
        return new HitLine(
                Lines.review(hit.review()) + "/" + hit.anchor().replace("finding-", ""),
                hit.type(),
                hit.title(),
                hit.snippets(),
                hit.series(),
                Lines.topic(hit.topic()),
                hit.version(),
                hit.patch(),
                String.join(", ", hit.archs()),
                hit.verdicts(),
                String.join(", ", hit.functions().stream().limit(4).toList()),
                Moment.of(hit.date()));
    }
}
