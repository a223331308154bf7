// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Commands that came by mail. What a command changes and that it was carried out is written in one transaction: each is
 * carried out once, however often it is handed over and whatever dies.
 */
public final class CommandStore {
    private final Database database;
    private final Clock clock;

    public CommandStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps a command that the store of mail handed out; one that is kept already stays as it is. */
    public void keep(StoredCommand in) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            boolean known = !sql.list(r -> r.getLong("id"), "select id from command where command_key = ?", in.key())
                    .isEmpty();
            return known ? 0 : insert(sql, in);
        });
    }

    private long insert(Sql sql, StoredCommand in) throws SQLException {
        return sql.insert(
                "insert into command (command_key, message_id, subject, refers, sender, address, position, text, written,"
                        + " taken, ground, root, state, answer, ended, told, untold)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, '')",
                in.key(),
                Sql.fit(in.messageId(), 1000),
                Sql.fit(in.subject(), 1000),
                Sql.fit(String.join("\n", in.refers()), 100_000),
                Sql.fit(in.sender(), 1000),
                Sql.fit(in.address(), 500),
                in.position(),
                Sql.fit(in.text(), 1000),
                in.written(),
                clock.instant(),
                in.ground(),
                Sql.fit(in.root(), 1000),
                in.state().name(),
                Sql.fit(in.answer(), 4000),
                clock.instant());
    }

    /** A command by the name that the store of mail has for it. */
    public Optional<StoredCommand> find(String key) {
        return many("where c.command_key = ?", key).stream().findFirst();
    }

    /** Commands to be carried out, in the order in which they came. */
    public List<StoredCommand> waiting(int most) {
        return many("where c.state = 'WAITING' order by c.id limit ?", most);
    }

    /**
     * Commands about a series, oldest first; also those that were refused, of which only its first mail is known.
     *
     * @param root that mail's id, in the form in which ids are compared
     */
    public List<StoredCommand> about(long series, String root) {
        return many("where c.series = ? or (c.series is null and c.root = ?) order by c.id", series, root);
    }

    /** Commands that a reply answers. */
    public List<StoredCommand> ofReply(long reply) {
        return many("where c.reply = ? order by c.position", reply);
    }

    /**
     * Ends a command that waits: changes what it changes, and notes that.
     *
     * @param series it is about, 0 if that is not known here
     * @return whether it waited; if not, nothing is changed
     */
    public boolean end(long id, long series, StoredCommand.State state, String answer, Effect effect) {
        return database.transact(c -> {
            Sql sql = new Sql(c);
            int ended = sql.update(
                    "update command set state = ?, answer = ?, series = nullif(cast(? as bigint), 0), ended = ? where id = ? and"
                            + " state = 'WAITING'",
                    state.name(),
                    Sql.fit(answer, 4000),
                    series,
                    clock.instant(),
                    id);
            if (ended > 0) {
                apply(sql, id, effect);
            }
            return ended > 0;
        });
    }

    private void apply(Sql sql, long command, Effect effect) throws SQLException {
        Instant now = clock.instant();
        switch (effect) {
            case Effect.None() -> {}
            case Effect.Again(long series) -> SeriesStore.again(sql, series, now);
            case Effect.OnBase(long series, String base) -> {
                sql.update("update series set base = ? where id = ?", Sql.fit(base, 200), series);
                SeriesStore.again(sql, series, now);
                // A review that is under way is ended by whoever makes it; its attempts go on, so that it is not taken
                // for the next one.
                sql.update(
                        "update series set state = ?, changed = ? where id = ? and state = ?",
                        SeriesState.WAITING.name(),
                        now,
                        series,
                        SeriesState.RUNNING.name());
            }
            case Effect.Assume(long topic, String name) -> {
                sql.update("delete from assumed where topic = ? and name = ?", topic, name);
                sql.update("insert into assumed (topic, name, command) values (?, ?, ?)", topic, name, command);
            }
            case Effect.Dismiss(long topic, String identity, String reason) -> {
                sql.update("delete from dismissal where topic = ? and identity = ?", topic, identity);
                sql.update(
                        "insert into dismissal (topic, identity, reason, command) values (?, ?, ?, ?)",
                        topic,
                        identity,
                        Sql.fit(reason, 1000),
                        command);
            }
            case Effect.Stop(long topic) -> {
                sql.update("update topic set stopped = ? where id = ?", command, topic);
                sql.update(
                        "update reply set state = 'REJECTED', problem = 'no more mail is wanted about this topic',"
                                + " changed = ? where state in ('HELD', 'QUEUED')"
                                + " and series in (select id from series where topic = ?)",
                        now,
                        topic);
            }
        }
    }

    /** What people asked for about a topic. */
    public Wishes wishes(long topic) {
        return database.read(c -> {
            Sql sql = new Sql(c);
            boolean stopped = !sql.list(
                            r -> r.getLong("stopped"),
                            "select stopped from topic where id = ? and stopped is not null",
                            topic)
                    .isEmpty();
            Map<String, Wishes.Dismissal> dismissed = new HashMap<>();
            sql.list(
                    r -> dismissed.put(
                            r.getString("identity"),
                            new Wishes.Dismissal(r.getString("reason"), r.getString("ground"))),
                    "select d.identity, d.reason, c.ground from dismissal d join command c on c.id = d.command"
                            + " where d.topic = ?",
                    topic);
            List<String> assumed =
                    sql.list(r -> r.getString("name"), "select name from assumed where topic = ?", topic);
            return new Wishes(stopped, Set.copyOf(assumed), dismissed);
        });
    }

    /** A mail of which all commands have ended, and nobody has decided whether it is answered. */
    public record Unanswered(String messageId, String address) {}

    /** Mails to be decided about, oldest first. */
    public List<Unanswered> unanswered(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Unanswered(r.getString("message_id"), r.getString("address")),
                        "select message_id, address, min(id) as oldest from command where told = false"
                                + " group by message_id, address having max(case when state = 'WAITING' then 1 else 0 end)"
                                + " = 0 order by oldest limit ?",
                        most));
    }

    /** The commands of such a mail, in the order in which they stand in it. */
    public List<StoredCommand> of(Unanswered mail) {
        return many(
                "where c.told = false and c.message_id = ? and c.address = ? order by c.position",
                mail.messageId(),
                mail.address());
    }

    private List<StoredCommand> many(String rest, Object... parameters) {
        return database.read(c -> new Sql(c)
                .list(StoredCommand::of, "select " + StoredCommand.COLUMNS + " from command c " + rest, parameters));
    }
}
