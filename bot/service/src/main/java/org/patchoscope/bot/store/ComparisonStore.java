// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of findings from version to version. Of two reviews it is kept once, and never changed. */
public final class ComparisonStore {
    private final Database database;

    public ComparisonStore(Database database) {
        this.database = database;
    }

    /** Two reviews that were compared. */
    public record Comparison(long older, long newer, List<Carried> findings) {
        /** Makes one. */
        public Comparison {
            findings = List.copyOf(findings);
        }
    }

    /** Topics that have a review which was not compared with those of other versions. */
    public List<Long> uncompared(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> r.getLong("topic"),
                        "select s.topic, max(r.id) as newest from review r join series s on s.id = r.series"
                                + " where r.compared = false group by s.topic order by newest desc limit ?",
                        most));
    }

    /** Whether two reviews were compared. */
    public boolean has(long older, long newer) {
        return find(older, newer).isPresent();
    }

    /** Keeps a comparison; of two processes that made it the first counts. */
    public void keep(Comparison made) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            if (!exists(sql, made.older(), made.newer())) {
                insert(sql, made);
            }
            return true;
        });
    }

    private static void insert(Sql sql, Comparison made) throws SQLException {
        sql.update("insert into comparison (newer, older) values (?, ?)", made.newer(), made.older());
        int position = 0;
        for (Carried f : made.findings()) {
            sql.update(
                    "insert into carried (newer, older, position, fate, newer_number, older_number, because)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    made.newer(),
                    made.older(),
                    position++,
                    f.fate().name(),
                    f.newer(),
                    f.older(),
                    Sql.fit(f.because(), 1000));
        }
    }

    /** Notes that these reviews were compared with all there was. */
    public void compared(List<Long> reviews) {
        database.transact(c -> {
            for (long review : reviews) {
                new Sql(c).update("update review set compared = true where id = ?", review);
            }
            return true;
        });
    }

    /** A comparison, if it was made. */
    public Optional<Comparison> find(long older, long newer) {
        return database.read(c -> {
            Sql sql = new Sql(c);
            return exists(sql, older, newer)
                    ? Optional.of(new Comparison(older, newer, rows(sql, older, newer)))
                    : Optional.empty();
        });
    }

    /** The comparisons of a topic, of all reviews that its versions ever had. */
    public List<Comparison> ofTopic(long topic) {
        return database.read(c -> {
            Sql sql = new Sql(c);
            record Pair(long older, long newer) {}
            List<Pair> pairs = sql.list(
                    r -> new Pair(r.getLong("older"), r.getLong("newer")),
                    "select k.older, k.newer from comparison k join review r on r.id = k.newer"
                            + " join series s on s.id = r.series where s.topic = ? order by k.newer, k.older",
                    topic);
            List<Comparison> out = new ArrayList<>();
            for (Pair p : pairs) {
                out.add(new Comparison(p.older(), p.newer(), rows(sql, p.older(), p.newer())));
            }
            return List.copyOf(out);
        });
    }

    private static boolean exists(Sql sql, long older, long newer) throws SQLException {
        return !sql.list(
                        r -> r.getLong("newer"),
                        "select newer from comparison where newer = ? and older = ?",
                        newer,
                        older)
                .isEmpty();
    }

    private static List<Carried> rows(Sql sql, long older, long newer) throws SQLException {
        return sql.list(
                r -> new Carried(
                        Carried.Fate.valueOf(r.getString("fate")),
                        r.getInt("older_number"),
                        r.getInt("newer_number"),
                        r.getString("because")),
                "select fate, older_number, newer_number, because from carried where newer = ? and older = ?"
                        + " order by position",
                newer,
                older);
    }
}
