// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.report.json.JsonReader;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.review.Review;

/** Reviews, and what can be looked up of them without reading them whole. A review is never changed. */
public final class ReviewStore {
    private final Database database;
    private final Clock clock;

    public ReviewStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps the review of a series, which is reviewed from now on; its number. */
    public long add(long series, Review review) {
        return database.transact(c -> insert(new Sql(c), series, review));
    }

    /**
     * Keeps the review of a series if it is still wanted from this attempt: a worker that was taken for dead, or whose series
     * was cancelled, comes too late.
     *
     * @param attempt as the series counted it when the review began
     * @return its number, or nothing
     */
    public Optional<Long> add(long series, int attempt, Review review) {
        return database.transact(c -> {
            Sql sql = new Sql(c);
            boolean wanted = !sql.list(
                            r -> r.getLong("id"),
                            "select id from series where id = ? and state = ? and attempts = ? for update",
                            series,
                            SeriesState.RUNNING.name(),
                            attempt)
                    .isEmpty();
            return wanted ? Optional.of(insert(sql, series, review)) : Optional.empty();
        });
    }

    private long insert(Sql sql, long series, Review review) throws SQLException {
        Digest digest = Digest.of(review);
        long id = sql.insert(
                "insert into review (series, made, tool, base, result, findings, document)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                series,
                clock.instant(),
                Sql.fit(review.tool(), 500),
                Sql.fit(review.base(), 500),
                Sql.fit(digest.result(), 4000),
                // As the sentence of the result counts: the whole series shows again what its patches show.
                (int) digest.findings().stream().filter(f -> f.patch() > 0).count(),
                JsonReport.render(review).replace("\0", "\ufffd"));
        for (Digest.Entry entry : digest.findings()) {
            insert(sql, id, entry);
        }
        sql.update("insert into change (review) values (?)", id);
        sql.update(
                "update series set state = ?, reason = ?, detail = '', changed = ? where id = ?",
                SeriesState.REVIEWED.name(),
                Reason.NONE.name(),
                clock.instant(),
                series);
        return id;
    }

    private static void insert(Sql sql, long review, Digest.Entry entry) throws SQLException {
        sql.update(
                "insert into finding (review, number, identity, patch, arch, kind, summary, fate)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                review,
                entry.number(),
                FindingIdentity.of(entry),
                entry.patch(),
                Sql.fit(entry.arch(), 40),
                entry.finding().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Sql.fit(entry.finding().summary(), 4000),
                entry.fate());
        for (String function : new LinkedHashSet<>(entry.functions())) {
            sql.update(
                    "insert into finding_function (review, number, function) values (?, ?, ?)",
                    review,
                    entry.number(),
                    Sql.fit(function, 500));
        }
    }

    /** A review by its number. */
    public Optional<StoredReview> find(long id) {
        return many(StoredReview.FROM + "where r.id = ?", id).stream().findFirst();
    }

    /** The last review of a series. */
    public Optional<StoredReview> ofSeries(long series) {
        return many(StoredReview.FROM + "where r.series = ? order by r.id desc limit 1", series).stream()
                .findFirst();
    }

    /** Numbers of all reviews of a topic. */
    public List<Long> ofTopic(long topic) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> r.getLong("id"),
                        "select r.id from review r join series s on s.id = r.series where s.topic = ? order by r.id",
                        topic));
    }

    /** The newest reviews. */
    public List<StoredReview> newest(int most) {
        // The series that comes along is shown until there is one that somebody wants to know of.
        return many(
                StoredReview.FROM
                        + "where s.source <> ? or not exists (select 1 from review x join series y on y.id = x.series"
                        + " where y.source <> ?) order by r.made desc, r.id desc limit ?",
                StoredSeries.DEMO,
                StoredSeries.DEMO,
                most);
    }

    /** The review itself. */
    public Review read(long id) {
        String document = database.read(c -> new Sql(c)
                .list(r -> r.getString("document"), "select document from review where id = ?", id)
                .getFirst());
        return JsonReader.read(document);
    }

    /** The findings of a review. */
    public List<StoredFinding> findings(long review) {
        return database.read(c -> new Sql(c)
                .list(
                        StoredFinding::of,
                        "select " + StoredFinding.COLUMNS + " from finding f where f.review = ? order by f.number",
                        review));
    }

    /** A finding in all reviews that have it, by its identity, the one that was made last first. */
    public List<StoredFinding> ofIdentity(String identity, int most) {
        return database.read(c -> new Sql(c)
                .list(
                        StoredFinding::of,
                        "select " + StoredFinding.COLUMNS
                                + " from finding f where f.identity = ? order by f.review desc, f.number limit ?",
                        identity,
                        most));
    }

    /** The newest findings seen in a function. */
    public List<StoredFinding> ofFunction(String function, int most) {
        return database.read(c -> new Sql(c)
                .list(
                        StoredFinding::of,
                        "select " + StoredFinding.COLUMNS + " from finding_function x join finding f"
                                + " on f.review = x.review and f.number = x.number where x.function = ?"
                                + " order by f.review desc, f.number limit ?",
                        function,
                        most));
    }

    /** How many reviews and findings there are. */
    public Totals totals() {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Totals(r.getLong(1), r.getLong(2)),
                        "select (select count(*) from review), (select count(*) from finding)")
                .getFirst());
    }

    /** How many there are. */
    public record Totals(long reviews, long findings) {}

    /** An entry of the change log. */
    public record Change(long seq, long review) {}

    /** The number of the last entry of the change log, 0 if there is none. */
    public long lastChange() {
        return database.read(c -> new Sql(c)
                .list(r -> r.getLong(1), "select coalesce(max(seq), 0) from change")
                .getFirst());
    }

    /** What came after {@code seq}, in order. */
    public List<Change> changesAfter(long seq, int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Change(r.getLong("seq"), r.getLong("review")),
                        "select seq, review from change where seq > ? order by seq limit ?",
                        seq,
                        most));
    }

    private List<StoredReview> many(String statement, Object... parameters) {
        return database.read(c -> new Sql(c).list(StoredReview::of, statement, parameters));
    }
}
