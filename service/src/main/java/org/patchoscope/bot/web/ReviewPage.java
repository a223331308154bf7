// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.report.HtmlReport;
import org.patchoscope.bot.report.JsonReport;
import org.patchoscope.bot.report.Links;
import org.patchoscope.bot.report.Markup;
import org.patchoscope.bot.report.TextReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
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

    ReviewPage(
            Answers answers, ReviewStore reviews, SeriesStore series, CommandStore commands, Comparisons comparisons) {
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
            List<Since> since,
            Markup body) {}

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

    /** A finding that somebody asked not to be told again, and why. */
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
        Review review = reviews.read(id);
        return switch (form) {
            case ".json" ->
                Response.ok(JsonReport.render(review), "application/json;charset=utf-8")
                        .build();
            case ".txt" -> answers.text(TextReport.render(review, false));
            default -> answers.page(page(stored.get(), review), "");
        };
    }

    private View page(StoredReview stored, Review review) {
        StoredSeries s = stored.series();
        Digest digest = Digest.of(review);
        boolean mailed = !s.source().equals(StoredSeries.DEMO);
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
                digest.claims(),
                comparisons.untold(stored, digest, commands.wishes(s.topic())).entrySet().stream()
                        .map(e -> new UntoldLine(e.getKey(), e.getValue()))
                        .toList(),
                since(stored),
                new Markup(HtmlReport.body(review, new PageLinks(mailed))));
        return View.of("review", s.title() + " (v" + s.version() + ")", Lines.review(stored.id()), data);
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

    private record PageLinks(boolean mailed) implements Links {
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
