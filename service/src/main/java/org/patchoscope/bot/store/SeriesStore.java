// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Versions of series, the topics they belong to, and where each is on its way. */
public final class SeriesStore {
    private final Database database;
    private final Clock clock;

    public SeriesStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What became of a series handed in. */
    public sealed interface Added {
        /** Its number in the store. */
        long id();

        /** It is new, and waits. */
        record New(long id) implements Added {}

        /** It was there already. */
        record Known(long id) implements Added {}
    }

    /** Keeps a series that has come; handing it in again changes nothing. */
    public Added add(NewSeries series) {
        String fingerprint = series.fingerprint();
        return database.transact(connection -> {
            Sql sql = new Sql(connection);
            List<Long> known =
                    sql.list(r -> r.getLong("id"), "select id from series where fingerprint = ?", fingerprint);
            if (!known.isEmpty()) {
                return new Added.Known(known.getFirst());
            }
            long id = insert(sql, topic(sql, series), fingerprint, series);
            supersede(sql, id);
            return new Added.New(id);
        });
    }

    private long insert(Sql sql, long topic, String fingerprint, NewSeries in) throws SQLException {
        var series = in.series();
        long id = sql.insert(
                "insert into series (topic, version, title, title_key, author, author_key, list, source, root, posted,"
                        + " received, fingerprint, mails, state, reason, detail, attempts, changed)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                topic,
                series.version(),
                Sql.fit(series.title(), 1000),
                Sql.fit(in.titleKey(), 1000),
                Sql.fit(series.author(), 1000),
                Sql.fit(in.authorKey(), 1000),
                Sql.fit(in.list(), 500),
                in.source(),
                Sql.fit(series.root().key(), 1000),
                series.date(),
                in.received(),
                fingerprint,
                in.mbox(),
                SeriesState.WAITING.name(),
                Reason.NONE.name(),
                "",
                0,
                clock.instant());
        for (StoredPatch p : in.patches()) {
            sql.update(
                    "insert into patch (series, number, title, message_id, changelog) values (?, ?, ?, ?, ?)",
                    id,
                    p.number(),
                    Sql.fit(p.title(), 1000),
                    Sql.fit(p.messageId(), 1000),
                    Sql.fit(p.changelog(), 1_000_000));
        }
        return id;
    }

    /** The topic of an earlier version: one of a thread it follows, or one of the same title and sender. */
    private static long topic(Sql sql, NewSeries in) throws SQLException {
        for (String id : in.follows()) {
            List<Long> followed = sql.list(
                    r -> r.getLong("topic"),
                    "select s.topic from series s where s.author_key = ? and (s.root = ? or exists"
                            + " (select 1 from patch p where p.series = s.id and lower(p.message_id) = ?))",
                    in.authorKey(),
                    id,
                    id);
            if (!followed.isEmpty()) {
                return followed.getFirst();
            }
        }
        List<Long> same = sql.list(
                r -> r.getLong("topic"),
                "select topic from series where title_key = ? and author_key = ? order by id desc",
                Sql.fit(in.titleKey(), 1000),
                Sql.fit(in.authorKey(), 1000));
        if (!same.isEmpty()) {
            return same.getFirst();
        }
        Optional<Long> alike = alike(sql, in);
        return alike.isPresent()
                ? alike.get()
                : sql.insert(
                        "insert into topic (title, author) values (?, ?)",
                        Sql.fit(in.series().title(), 1000),
                        Sql.fit(in.series().author(), 1000));
    }

    /** The topic of a series of the same sender that has at least half of its patches, by title. */
    private static Optional<Long> alike(Sql sql, NewSeries in) throws SQLException {
        Set<String> titles = in.patches().stream().map(StoredPatch::title).collect(Collectors.toSet());
        Map<Long, Set<String>> others = new LinkedHashMap<>();
        Map<Long, Long> topics = new HashMap<>();
        sql.list(
                r -> {
                    topics.put(r.getLong("id"), r.getLong("topic"));
                    return others.computeIfAbsent(r.getLong("id"), id -> new HashSet<>())
                            .add(r.getString("title"));
                },
                "select s.id, s.topic, p.title from series s join patch p on p.series = s.id"
                        + " where s.author_key = ? order by s.id desc limit 20000",
                Sql.fit(in.authorKey(), 1000));
        return others.entrySet().stream()
                .filter(e -> 2 * e.getValue().stream().filter(titles::contains).count()
                        >= Math.max(titles.size(), e.getValue().size()))
                .map(e -> topics.get(e.getKey()))
                .findFirst();
    }

    /** Of several versions of a topic that wait, only the newest is worth a review. */
    private void supersede(Sql sql, long id) throws SQLException {
        sql.update(
                "update series set state = ?, reason = ?, changed = ? where state = ? and id <> ?"
                        + " and topic = (select topic from series where id = ?)"
                        + " and version < (select version from series where id = ?)",
                SeriesState.NOT_REVIEWED.name(),
                Reason.SUPERSEDED.name(),
                clock.instant(),
                SeriesState.WAITING.name(),
                id,
                id,
                id);
    }

    /** A series by its number. */
    public Optional<StoredSeries> find(long id) {
        return one("select " + StoredSeries.COLUMNS + " from series s where s.id = ?", id);
    }

    /** The newest series that has a mail with this id, in the form in which ids are compared. */
    public Optional<StoredSeries> byMessage(String idKey) {
        return one(
                "select " + StoredSeries.COLUMNS + " from series s where s.root = ? or exists"
                        + " (select 1 from patch p where p.series = s.id and lower(p.message_id) = ?)"
                        + " order by s.id desc limit 1",
                idKey,
                idKey);
    }

    /** All versions of a topic, oldest first. */
    public List<StoredSeries> ofTopic(long topic) {
        return many(
                "select " + StoredSeries.COLUMNS
                        + " from series s where s.topic = ? order by s.version, s.posted, s.id",
                topic);
    }

    /** The newest postings to a list. */
    public List<StoredSeries> ofList(String list, int most) {
        return many(
                "select " + StoredSeries.COLUMNS + " from series s where s.list = ? order by s.posted desc, s.id desc"
                        + " limit ?",
                list,
                most);
    }

    /** The newest series in one of the states, by when they came into it. */
    public List<StoredSeries> in(Set<SeriesState> states, int most) {
        String marks = String.join(", ", states.stream().map(s -> "?").toList());
        Object[] parameters = new Object[states.size() + 1];
        int i = 0;
        for (SeriesState s : states) {
            parameters[i++] = s.name();
        }
        parameters[i] = most;
        return many(
                "select " + StoredSeries.COLUMNS + " from series s where s.state in (" + marks
                        + ") order by s.changed desc, s.id desc limit ?",
                parameters);
    }

    /** How many series are in a state. */
    public int count(SeriesState state) {
        return database.read(c -> new Sql(c)
                .list(r -> r.getInt(1), "select count(*) from series where state = ?", state.name())
                .getFirst());
    }

    /** Title of each list and how many series came from it. */
    public List<ListCount> lists() {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new ListCount(r.getString("list"), r.getInt("n"), Sql.instant(r, "last")),
                        "select list, count(*) as n, max(received) as last from series where list <> ''"
                                + " group by list order by list"));
    }

    /**
     * A list.
     *
     * @param last when a series of it was last received
     */
    public record ListCount(String list, int series, Instant last) {}

    /** The patches of a series. */
    public List<StoredPatch> patches(long series) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new StoredPatch(
                                r.getInt("number"),
                                r.getString("title"),
                                r.getString("message_id"),
                                r.getString("changelog")),
                        "select number, title, message_id, changelog from patch where series = ? order by number",
                        series));
    }

    /** The mails of a series as an mbox. */
    public byte[] mails(long series) {
        return database.read(c -> new Sql(c)
                .list(r -> r.getBytes("mails"), "select mails from series where id = ?", series)
                .getFirst());
    }

    /** Moves a series on, if it is where it is believed to be. */
    public boolean move(long series, Set<SeriesState> from, SeriesState to, Reason reason, String detail) {
        return database.transact(c -> {
            int changed = 0;
            for (SeriesState state : from) {
                changed += new Sql(c)
                        .update(
                                "update series set state = ?, reason = ?, detail = ?, changed = ?,"
                                        + " attempts = attempts + ? where id = ? and state = ?",
                                to.name(),
                                reason.name(),
                                Sql.fit(detail, 4000),
                                clock.instant(),
                                to == SeriesState.RUNNING ? 1 : 0,
                                series,
                                state.name());
                if (changed > 0) {
                    break;
                }
            }
            return changed > 0;
        });
    }

    private Optional<StoredSeries> one(String statement, Object... parameters) {
        return many(statement, parameters).stream().findFirst();
    }

    private List<StoredSeries> many(String statement, Object... parameters) {
        return database.read(c -> new Sql(c).list(StoredSeries::of, statement, parameters));
    }
}
