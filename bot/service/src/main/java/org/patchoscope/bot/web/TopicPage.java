// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.bot.store.Carried;
import org.patchoscope.bot.store.ComparisonStore;
import org.patchoscope.bot.store.FindingThreads;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.bot.topic.Comparisons;
import org.patchoscope.bot.topic.VersionCounts;
import org.patchoscope.bot.web.Lines.FindingLine;
import org.patchoscope.bot.web.Lines.ReviewLine;
import org.patchoscope.bot.web.Lines.SeriesLine;

/** All versions of a piece of work beside each other: which finding came, and which went. */
@Path("/t")
@RunOnVirtualThread
public final class TopicPage {
    /** Versions of which counts are shown: each review has to be read as a whole for that. */
    private static final int MOST_COUNTED = 10;

    private final Answers answers;
    private final ReviewStore reviews;
    private final SeriesStore series;
    private final Comparisons comparisons;

    TopicPage(Answers answers, ReviewStore reviews, SeriesStore series, Comparisons comparisons) {
        this.answers = answers;
        this.reviews = reviews;
        this.series = series;
        this.comparisons = comparisons;
    }

    /** What the page shows. */
    public record Data(String title, String author, List<Version> versions, List<Row> findings, List<Counts> counts) {}

    /**
     * What the versions cost.
     *
     * @param versions those that were reviewed, the last of them if there are many
     */
    public record Counts(List<String> versions, List<CountTable> tables) {}

    /** A version, and its review if there is one. */
    public record Version(String name, SeriesLine series, List<ReviewLine> review) {}

    /**
     * A finding through the versions.
     *
     * @param cells one per reviewed version
     */
    public record Row(String summary, String arch, String kind, List<Cell> cells) {}

    /**
     * A finding in a version.
     *
     * @param findings where it stands there, or nothing
     * @param fate what became of it since the version before: new, still-there, gone, undecided; back where an older one had it;
     *     empty where there is nothing to say
     * @param word the same for people
     */
    public record Cell(List<FindingLine> findings, String fate, String word, String because) {
        /** Not new, as the version before alone would have it: one before that has it, too. */
        private Cell back() {
            return new Cell(findings, Carried.Fate.BACK.key(), Carried.Fate.BACK.text(), because);
        }
    }

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
        Data data = new Data(
                last.title(),
                last.author(),
                versions,
                rows(id, ids),
                counts(reviewed.values().stream().flatMap(Optional::stream).toList()));
        return answers.page(View.of("topic", last.title(), Lines.topic(id), data), form);
    }

    private List<Counts> counts(List<StoredReview> all) {
        List<StoredReview> last = all.subList(Math.max(0, all.size() - MOST_COUNTED), all.size());
        List<String> names = last.stream().map(r -> "v" + r.series().version()).toList();
        List<CountTable> tables = VersionCounts.of(
                        last.stream().map(r -> reviews.read(r.id())).toList())
                .stream()
                .map(t -> CountTable.of(t, names))
                .toList();
        return tables.isEmpty() ? List.of() : List.of(new Counts(names, tables));
    }

    private List<Row> rows(long topic, List<Long> ids) {
        FindingThreads threads = comparisons.threads(topic);
        List<List<StoredFinding>> columns = ids.stream().map(reviews::findings).toList();
        Map<Object, StoredFinding> rows = new LinkedHashMap<>();
        // What the newest version has comes first.
        columns.reversed().forEach(c -> c.forEach(f -> rows.putIfAbsent(threads.thread(f.review(), f.number()), f)));
        List<List<Carried>> steps = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            steps.add(
                    i == 0
                            ? List.of()
                            : comparisons
                                    .find(ids.get(i - 1), ids.get(i))
                                    .map(ComparisonStore.Comparison::findings)
                                    .orElse(List.of()));
        }
        List<Row> out = new ArrayList<>();
        rows.forEach((thread, sample) -> {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                long newer = ids.get(i);
                long older = i == 0 ? 0 : ids.get(i - 1);
                List<Carried> step = steps.get(i).stream()
                        .filter(f -> threads.thread(newer, f.newer()).equals(thread)
                                || threads.thread(older, f.older()).equals(thread))
                        .toList();
                Cell cell = cell(
                        columns.get(i).stream()
                                .filter(f -> threads.thread(newer, f.number()).equals(thread))
                                .toList(),
                        step);
                boolean was = cells.stream().anyMatch(c -> !c.findings().isEmpty());
                cells.add(was && cell.fate().equals(Carried.Fate.NEW.key()) ? cell.back() : cell);
            }
            out.add(new Row(sample.summary(), sample.arch(), sample.kind(), cells));
        });
        return out;
    }

    /** Of several findings with the same words the one that stays speaks for all. */
    private static Cell cell(List<StoredFinding> findings, List<Carried> step) {
        Optional<Carried> told = step.stream()
                .filter(f -> findings.isEmpty() == (f.newer() == 0))
                .max(Comparator.comparing(
                        f -> f.fate() == Carried.Fate.STILL_THERE || f.fate() == Carried.Fate.UNDECIDED));
        return new Cell(
                findings.stream().map(FindingLine::of).toList(),
                told.map(f -> f.fate().key()).orElse(""),
                told.map(f -> f.fate().text()).orElse(""),
                told.map(Carried::because).orElse(""));
    }
}
