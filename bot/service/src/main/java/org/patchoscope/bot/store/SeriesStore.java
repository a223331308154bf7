// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Versions of series, the topics they belong to, and where each is on its way. */
public final class SeriesStore {
    /** How long the missing parts of a series are waited for where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofHours(24);

    /** A finished review stands until a newer one has finished: what becomes of another attempt does not take it away. */
    private static final String STANDING =
            "case when cast(? as varchar) = 'NOT_REVIEWED' and exists (select 1 from review r where"
                    + " r.series = series.id) then 'REVIEWED' else ? end";

    private final Database database;
    private final Clock clock;
    private final Duration patience;

    public SeriesStore(Database database, Clock clock) {
        this(database, clock, PATIENCE);
    }

    /**
     * Makes a store.
     *
     * @param patience how long the missing parts of a series are waited for, from when its first parts came
     */
    public SeriesStore(Database database, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /** What became of a series handed in. */
    public sealed interface Added {
        /** Its number in the store. */
        long id();

        /** It is new, and waits: for its review, or for its missing parts. */
        record New(long id) implements Added {}

        /** It was there with fewer parts, and waits again. */
        record Grown(long id) implements Added {}

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
            SamePosting same = new SamePosting(sql, series);
            Optional<SamePosting.Kept> kept = same.kept();
            if (kept.isPresent() && !same.isMoreThan(kept.get())) {
                return new Added.Known(kept.get().id());
            }
            if (kept.isPresent()) {
                long id = kept.get().id();
                replace(sql, id, fingerprint, series);
                supersede(sql, id);
                return new Added.Grown(id);
            }
            long id = insert(sql, new TopicFinder(sql).topic(series), fingerprint, series);
            supersede(sql, id);
            if (series.source().equals(StoredSeries.MAIL)) {
                comeLate(sql, id);
            }
            return new Added.New(id);
        });
    }

    private void replace(Sql sql, long id, String fingerprint, NewSeries in) throws SQLException {
        sql.update(
                "update series set title = ?, title_key = ?, root = ?, posted = ?, fingerprint = ?, mails = ?,"
                        // A review that is under way is told by its attempt from the one that follows.
                        + " attempts = case when state = 'RUNNING' then attempts else 0 end,"
                        + " state = ?, reason = ?, detail = ?, changed = ? where id = ?",
                Sql.fit(in.series().title(), 1000),
                Sql.fit(in.titleKey(), 1000),
                Sql.fit(in.series().root().key(), 1000),
                in.series().date(),
                fingerprint,
                in.mbox(),
                first(in).name(),
                Reason.NONE.name(),
                Sql.fit(in.missing(), 4000),
                clock.instant(),
                id);
        sql.update("delete from patch where series = ?", id);
        patches(sql, id, in);
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
                Sql.fit(in.source(), 100),
                Sql.fit(series.root().key(), 1000),
                series.date(),
                in.received(),
                fingerprint,
                in.mbox(),
                first(in).name(),
                Reason.NONE.name(),
                Sql.fit(in.missing(), 4000),
                0,
                clock.instant());
        patches(sql, id, in);
        return id;
    }

    private static SeriesState first(NewSeries in) {
        return in.series().isComplete() ? SeriesState.WAITING : SeriesState.AWAITING_PARTS;
    }

    private static void patches(Sql sql, long id, NewSeries in) throws SQLException {
        for (StoredPatch p : in.patches()) {
            sql.update(
                    "insert into patch (series, number, title, message_id, changelog) values (?, ?, ?, ?, ?)",
                    id,
                    p.number(),
                    Sql.fit(p.title(), 1000),
                    Sql.fit(p.messageId(), 1000),
                    Sql.fit(p.changelog(), 1_000_000));
        }
    }

    /**
     * Of several versions of a topic only the newest is worth a review, also where an older one is under review already. One that
     * lacks parts may never be reviewed itself, and takes no other's place.
     */
    private void supersede(Sql sql, long id) throws SQLException {
        sql.update(
                "update series set state = " + STANDING + ", reason = ?, changed = ? where state in (?, ?, ?)"
                        + " and exists (select 1 from series n where n.id = ? and n.state = 'WAITING')"
                        + " and id <> ? and topic = (select topic from series where id = ?)"
                        + " and version < (select version from series where id = ?)",
                SeriesState.NOT_REVIEWED.name(),
                SeriesState.NOT_REVIEWED.name(),
                Reason.SUPERSEDED.name(),
                clock.instant(),
                SeriesState.WAITING.name(),
                SeriesState.AWAITING_PARTS.name(),
                SeriesState.RUNNING.name(),
                id,
                id,
                id,
                id);
    }

    /** A version of an archive that is read after a later one; who hands one in by hand wants it reviewed. */
    private void comeLate(Sql sql, long id) throws SQLException {
        sql.update(
                "update series set state = ?, reason = ?, changed = ? where id = ? and exists (select 1 from series o"
                        + " where o.topic = series.topic and o.version > series.version)",
                SeriesState.NOT_REVIEWED.name(),
                Reason.SUPERSEDED.name(),
                clock.instant(),
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

    /** What is under review, what waits, and what waits for parts: the newest of each. */
    public List<StoredSeries> underWay(int most) {
        List<StoredSeries> out = new ArrayList<>(in(EnumSet.of(SeriesState.RUNNING), most));
        out.addAll(in(EnumSet.of(SeriesState.WAITING), most - out.size()));
        out.addAll(in(EnumSet.of(SeriesState.AWAITING_PARTS), most - out.size()));
        return out;
    }

    /** Until when the missing parts of a series are waited for; nothing if they are not. */
    public Optional<Instant> waitsUntil(StoredSeries series) {
        return series.state() == SeriesState.AWAITING_PARTS
                ? Optional.of(series.received().plus(patience))
                : Optional.empty();
    }

    /** Gives up waiting for parts that did not come in time; of how many series. A part that comes later still wakes its series. */
    public int giveUpWaiting() {
        return database.transact(c -> new Sql(c)
                .update(
                        "update series set state = ?, reason = ?, changed = ? where state = ? and received <= ?",
                        SeriesState.NOT_REVIEWED.name(),
                        Reason.INCOMPLETE.name(),
                        clock.instant(),
                        SeriesState.AWAITING_PARTS.name(),
                        clock.instant().minus(patience)));
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

    /**
     * Keeps other mails of the thread of a series.
     *
     * @param mails raw, by the id of each in the form in which ids are compared
     */
    public void keepThread(long series, Map<String, byte[]> mails) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            for (Map.Entry<String, byte[]> mail : mails.entrySet()) {
                sql.update("delete from thread_mail where series = ? and id_key = ?", series, mail.getKey());
                sql.update(
                        "insert into thread_mail (series, id_key, mail) values (?, ?, ?)",
                        series,
                        mail.getKey(),
                        mail.getValue());
            }
            return mails.size();
        });
    }

    /** Other mails of the thread of a series that were handed in with it, raw. */
    public List<byte[]> thread(long series) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> r.getBytes("mail"),
                        "select mail from thread_mail where series = ? order by id_key",
                        series));
    }

    /**
     * Moves a series on, if it is where it is believed to be. One that has a review and is not reviewed again stays reviewed,
     * with the reason why it is not reviewed again.
     */
    public boolean move(long series, Set<SeriesState> from, SeriesState to, Reason reason, String detail) {
        return database.transact(c -> {
            int changed = 0;
            for (SeriesState state : from) {
                changed += new Sql(c)
                        .update(
                                "update series set state = " + STANDING + ", reason = ?, detail = ?, changed = ?,"
                                        + " attempts = attempts + ? where id = ? and state = ?",
                                to.name(),
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

    /** Has a series wait again that is done with, as if it had just come. */
    public boolean again(long series) {
        return database.transact(c -> again(new Sql(c), series, clock.instant()));
    }

    static boolean again(Sql sql, long series, Instant now) throws SQLException {
        return sql.update(
                        "update series set state = ?, reason = ?, detail = '', attempts = 0, changed = ?"
                                + " where id = ? and state in (?, ?)",
                        SeriesState.WAITING.name(),
                        Reason.NONE.name(),
                        now,
                        series,
                        SeriesState.REVIEWED.name(),
                        SeriesState.NOT_REVIEWED.name())
                > 0;
    }

    private Optional<StoredSeries> one(String statement, Object... parameters) {
        return many(statement, parameters).stream().findFirst();
    }

    private List<StoredSeries> many(String statement, Object... parameters) {
        return database.read(c -> new Sql(c).list(StoredSeries::of, statement, parameters));
    }
}
