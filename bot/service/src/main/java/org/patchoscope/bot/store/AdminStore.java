// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** What people asked for by mail about topics, all of it, and what administrators did. */
public final class AdminStore {
    private final Database database;
    private final Clock clock;

    public AdminStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Something that was asked for about a topic and holds until somebody takes it back.
     *
     * @param title of the topic's newest version
     * @param subject the identity of a finding that is not told, the name of an assumption, or empty if no mail is wanted
     * @param text what the finding says, empty otherwise
     * @param ground by what right: a constant of {@code mail.command.Decision}
     */
    public record Wish(
            long topic,
            String title,
            String subject,
            String text,
            String reason,
            String sender,
            String ground,
            Instant since) {}

    /** What an administrator did. */
    public record Deed(Instant at, String who, String what, String about) {}

    private static final Sql.Row<Wish> WISH = r -> new Wish(
            r.getLong("topic"),
            r.getString("title"),
            r.getString("subject"),
            r.getString("text"),
            r.getString("reason"),
            r.getString("sender"),
            r.getString("ground"),
            Sql.instant(r, "ended"));

    private static final String TITLE =
            "(select s.title from series s where s.topic = t.id order by s.version desc, s.id desc limit 1)";

    /** Findings that are not told, the newest wish first. */
    public List<Wish> dismissed(int most) {
        return wishes(
                "select t.id as topic, " + TITLE
                        + " as title, d.identity as subject, coalesce((select max(f.summary) from"
                        + " finding f where f.identity = d.identity), '') as text, d.reason, c.sender, c.ground, c.ended"
                        + " from dismissal d join topic t on t.id = d.topic join command c on c.id = d.command"
                        + " order by c.ended desc, d.identity limit ?",
                most);
    }

    /** What is taken for granted. */
    public List<Wish> assumed(int most) {
        return wishes(
                "select t.id as topic, " + TITLE + " as title, a.name as subject, '' as text, '' as reason, c.sender,"
                        + " c.ground, c.ended from assumed a join topic t on t.id = a.topic join command c on c.id = a.command"
                        + " order by c.ended desc, a.name limit ?",
                most);
    }

    /** Topics about which no mail is wanted. */
    public List<Wish> stopped(int most) {
        return wishes(
                "select t.id as topic, " + TITLE
                        + " as title, '' as subject, '' as text, '' as reason, c.sender, c.ground,"
                        + " c.ended from topic t join command c on c.id = t.stopped order by c.ended desc, t.id limit ?",
                most);
    }

    private List<Wish> wishes(String statement, int most) {
        return database.read(c -> new Sql(c).list(WISH, statement, most));
    }

    /** Takes back that a finding is not told; whether it was so. */
    public boolean tellAgain(long topic, String identity) {
        return database.transact(
                c -> new Sql(c).update("delete from dismissal where topic = ? and identity = ?", topic, identity) > 0);
    }

    /** Keeps what an administrator did. */
    public void note(String who, String what, String about) {
        database.transact(c -> new Sql(c)
                .insert(
                        "insert into deed (happened, who, what, about) values (?, ?, ?, ?)",
                        clock.instant(),
                        Sql.fit(who, 500),
                        Sql.fit(what, 100),
                        Sql.fit(about, 500)));
    }

    /** What administrators did, the newest first. */
    public List<Deed> deeds(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Deed(
                                Sql.instant(r, "happened"),
                                r.getString("who"),
                                r.getString("what"),
                                r.getString("about")),
                        "select happened, who, what, about from deed order by id desc limit ?",
                        most));
    }
}
