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
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.web.Lines.FindingLine;
import org.patchoscope.bot.web.Lines.ReviewLine;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** All versions of a piece of work beside each other: which finding came, and which went. */
@Path("/t")
@RunOnVirtualThread
public final class TopicPage {
    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;

    TopicPage(Answers answers, ReviewStore reviews, SeriesStore series) {
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
    }

    /** What the page shows. */
    public record Data(String title, String author, List<Version> versions, List<Row> findings) {}

    /** A version, and its review if there is one. */
    public record Version(String name, SeriesLine series, List<ReviewLine> review) {}

    /**
     * A finding through the versions.
     *
     * @param cells one per reviewed version: where it stands there, or nothing
     */
    public record Row(String summary, String arch, String kind, List<List<FindingLine>> cells) {}

    @GET
    @Path("{id:\\d{1,15}}{form:(\\.json)?}")
    public Response show(@PathParam("id") long id, @PathParam("form") String form) {
        List<StoredSeries> all = series.ofTopic(id);
        if (all.isEmpty()) {
            return answers.missing("There is no topic " + id + ".");
        }
        Map<StoredSeries, Optional<StoredReview>> reviewed = new LinkedHashMap<>();
        all.forEach(s -> reviewed.put(s, reviews.ofSeries(s.id())));
        StoredSeries last = all.getLast();
        List<Version> versions = reviewed.entrySet().stream()
                .map(e -> new Version(
                        "v" + e.getKey().version(),
                        SeriesLine.of(e.getKey()),
                        e.getValue().map(ReviewLine::of).stream().toList()))
                .toList();
        List<Long> ids = reviewed.values().stream()
                .flatMap(Optional::stream)
                .map(StoredReview::id)
                .toList();
        Data data = new Data(last.title(), last.author(), versions, rows(ids));
        return answers.page(View.of("topic", last.title(), Lines.topic(id), data), form);
    }

    private List<Row> rows(List<Long> ids) {
        List<List<StoredFinding>> columns = ids.stream().map(reviews::findings).toList();
        Map<String, StoredFinding> rows = new LinkedHashMap<>();
        // What the newest version has comes first.
        columns.reversed().forEach(c -> c.forEach(f -> rows.putIfAbsent(f.identity(), f)));
        List<Row> out = new ArrayList<>();
        rows.forEach((identity, sample) -> out.add(new Row(
                sample.summary(),
                sample.arch(),
                sample.kind(),
                columns.stream().map(c -> cell(c, identity)).toList())));
        return out;
    }

    private static List<FindingLine> cell(List<StoredFinding> column, String identity) {
        return column.stream()
                .filter(f -> f.identity().equals(identity))
                .map(FindingLine::of)
                .toList();
    }
}
