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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.report.FirstScreen;
import org.patchoscope.bot.report.Links;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.html.Markup;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.store.Wishes;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.bot.web.Lines.FindingLine;
import org.patchoscope.bot.web.Lines.ReviewLine;

/** A review. Its address is for ever; its JSON and its text are those of the command line. */
@Path("/r")
@RunOnVirtualThread
public final class ReviewPage {
    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final CommandStore commands;
    private final Comparisons comparisons;
    private final Rendered rendered;

    ReviewPage(
            Answers answers,
            ReviewStore reviews,
            SeriesStore series,
            CommandStore commands,
            Comparisons comparisons,
            Rendered rendered) {
        this.rendered = rendered;
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
        this.commands = commands;
        this.comparisons = comparisons;
    }

    /** What the page shows around the report. */
    public record Data(
            ReviewLine review,
            String base,
            String tool,
            String series,
            List<String> archive,
            List<VersionLink> versions,
            List<VersionLink> newer,
            List<String> claims,
            List<UntoldLine> untold,
            List<News> news,
            FirstScreen first) {}

    /** What became of the findings of the version before, in numbers. */
    public record News(String version, String href, String text) {}

    /** A part of a review on a page of its own. */
    public record Part(String title, String review, String series, List<VersionLink> near, Markup body) {}

    /**
     * What became of the findings of the version before.
     *
     * @param version that version, {@code v14}, and its review
     */
    public record Since(String version, String href, List<SinceLine> findings) {}

    /**
     * A finding of this review, or one of the version before that is not in this.
     *
     * @param seen the version in which it was seen last, where it is there again
     */
    public record SinceLine(String fate, String word, FindingLine finding, List<VersionLink> seen, String because) {}

    /** A finding that somebody asked not to be reported again, and why. */
    public record UntoldLine(int number, String why) {}

    /** Another version of the topic. */
    public record VersionLink(String text, String href, boolean here) {}

    @GET
    @Path("{id:\\d{1,15}}{form:(\\.json|\\.txt)?}")
    public Response show(@PathParam("id") long id, @PathParam("form") String form) {
        Optional<StoredReview> stored = reviews.find(id);
        if (stored.isEmpty()) {
            return answers.missing("There is no review " + id + ".");
        }
        return switch (form) {
            case ".json" ->
                Response.ok(JsonReport.render(reviews.read(id)), "application/json;charset=utf-8")
                        .build();
            case ".txt" -> answers.text(TextReport.render(reviews.read(id), false));
            default -> answers.page(page(stored.get()), "");
        };
    }

    /** All of it on one page. */
    @GET
    @Path("{id:\\d{1,15}}/full")
    public Response full(@PathParam("id") long id) {
        return part(id, "full", "The whole review", r -> Optional.of(HtmlReport.body(r, links(id))));
    }

    /** One finding. */
    @GET
    @Path("{id:\\d{1,15}}/{number:\\d{1,6}}")
    public Response finding(@PathParam("id") long id, @PathParam("number") int number) {
        return part(id, "f" + number, "Finding " + number, r -> HtmlReport.finding(r, links(id), number));
    }

    /** All that is said of one patch, 0 for the whole series. */
    @GET
    @Path("{id:\\d{1,15}}/patch-{number:\\d{1,6}}")
    public Response patch(@PathParam("id") long id, @PathParam("number") int number) {
        String title = number == 0 ? "The series as a whole" : "Patch " + number;
        return part(id, "p" + number, title, r -> HtmlReport.patch(r, links(id), number));
    }

    private Response part(long id, String name, String title, Function<Review, Optional<String>> render) {
        Optional<StoredReview> stored = reviews.find(id);
        if (stored.isEmpty()) {
            return answers.missing("There is no review " + id + ".");
        }
        StoredSeries s = stored.get().series();
        String body = rendered.part(
                "r" + id + "-" + name, () -> render.apply(reviews.read(id)).orElse(""));
        if (body.isEmpty()) {
            return answers.missing("Review " + id + " has no such part.");
        }
        String of = s.title() + (s.version() > 1 ? " v" + s.version() : "");
        Part part = new Part(title, Lines.review(id), of, near(id, name), new Markup(body));
        return answers.page(View.of("part", title + " - " + of, "", part), "");
    }

    /** The findings before and after one. */
    private List<VersionLink> near(long id, String name) {
        if (!name.startsWith("f") || name.equals("full")) {
            return List.of();
        }
        int number = Integer.parseInt(name.substring(1));
        int last = reviews.findings(id).size();
        List<VersionLink> out = new ArrayList<>();
        if (number > 1) {
            out.add(new VersionLink("← [" + (number - 1) + "]", Lines.review(id) + "/" + (number - 1), false));
        }
        if (number < last) {
            out.add(new VersionLink("[" + (number + 1) + "] →", Lines.review(id) + "/" + (number + 1), false));
        }
        return out;
    }

    private PageLinks links(long id) {
        boolean mailed = reviews.find(id)
                .filter(r -> !r.series().source().equals(StoredSeries.DEMO))
                .isPresent();
        return new PageLinks(mailed, Lines.review(id) + "/");
    }

    private View page(StoredReview stored) {
        StoredSeries s = stored.series();
        boolean mailed = !s.source().equals(StoredSeries.DEMO);
        Kept kept = kept(stored);
        List<Since> since = since(stored);
        Data data = new Data(
                ReviewLine.of(stored),
                stored.base(),
                stored.tool(),
                Lines.series(s.id()),
                mailed ? List.of(Lines.archive(s.root())) : List.of(),
                versions(s),
                reviews.ofSeries(s.id()).filter(r -> r.id() != stored.id()).stream()
                        .map(r -> new VersionLink("a newer review", Lines.review(r.id()), false))
                        .toList(),
                kept.claims(),
                untold(stored),
                since.stream().map(x -> news(x, s)).toList(),
                kept.first());
        return View.of("review", s.title() + " (v" + s.version() + ")", Lines.review(stored.id()), data);
    }

    /** What the first screen needs of a review, without reading all of it again. */
    private record Kept(List<String> claims, FirstScreen first) {}

    private Kept kept(StoredReview stored) {
        String text = rendered.part("r" + stored.id() + "-first", () -> {
            Review review = reviews.read(stored.id());
            return answers.asText(new Kept(Digest.of(review).claims(), FirstScreen.of(review)));
        });
        return answers.fromText(text, Kept.class);
    }

    private List<UntoldLine> untold(StoredReview stored) {
        Wishes wishes = commands.wishes(stored.series().topic());
        if (wishes.equals(Wishes.NONE)) {
            return List.of();
        }
        return comparisons.untold(stored, Digest.of(reviews.read(stored.id())), wishes).entrySet().stream()
                .map(e -> new UntoldLine(e.getKey(), e.getValue()))
                .toList();
    }

    private static News news(Since since, StoredSeries s) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        since.findings().forEach(f -> counts.merge(f.word(), 1, Integer::sum));
        String text = counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return new News(since.version(), Lines.topic(s.topic()), text.isEmpty() ? "no finding in either" : text);
    }

    private List<Since> since(StoredReview stored) {
        Optional<StoredReview> before = comparisons.before(stored);
        Optional<ComparisonStore.Comparison> made = before.flatMap(b -> comparisons.find(b.id(), stored.id()));
        if (made.isEmpty()) {
            return List.of();
        }
        List<StoredFinding> here = reviews.findings(stored.id());
        List<StoredFinding> there = reviews.findings(before.get().id());
        Map<Integer, StoredReview> lastSeen = comparisons.lastSeen(stored);
        List<SinceLine> lines = made.get().findings().stream()
                .flatMap(f -> (f.newer() > 0 ? here : there)
                        .stream()
                                .filter(x -> x.number() == (f.newer() > 0 ? f.newer() : f.older()))
                                .map(x -> line(f, x, lastSeen)))
                .toList();
        return List.of(new Since(
                "v" + before.get().series().version(), Lines.review(before.get().id()), lines));
    }

    private static SinceLine line(Carried f, StoredFinding finding, Map<Integer, StoredReview> lastSeen) {
        StoredReview last = f.fate() == Carried.Fate.NEW ? lastSeen.get(f.newer()) : null;
        Carried.Fate fate = last == null ? f.fate() : Carried.Fate.BACK;
        List<VersionLink> seen = last == null
                ? List.of()
                : List.of(new VersionLink("v" + last.series().version(), Lines.review(last.id()), false));
        return new SinceLine(fate.key(), fate.text(), FindingLine.of(finding), seen, f.because());
    }

    private List<VersionLink> versions(StoredSeries here) {
        List<VersionLink> out = series.ofTopic(here.topic()).stream()
                .map(s -> new VersionLink(
                        "v" + s.version(),
                        reviews.ofSeries(s.id()).map(r -> Lines.review(r.id())).orElse(Lines.series(s.id())),
                        s.id() == here.id()))
                .toList();
        return out.size() < 2 ? List.of() : out;
    }

    private record PageLinks(boolean mailed, String review) implements Links {
        @Override
        public String finding(int number) {
            return review + number;
        }

        @Override
        public Optional<String> function(String name) {
            return Optional.of(Lines.function(name));
        }

        @Override
        public Optional<String> mail(String messageId) {
            return mailed && messageId.contains("@") ? Optional.of(Lines.archive(messageId)) : Optional.empty();
        }
    }
}
