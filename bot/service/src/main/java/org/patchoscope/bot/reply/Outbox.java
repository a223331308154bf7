// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Sql;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.store.StoredSeries;

/** Replies, those sent and those not, in the store's database. */
public final class Outbox {
    private static final int MOST_ATTEMPTS = 8;

    private final Database database;
    private final Clock clock;

    public Outbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Reviews about which nothing was decided yet, oldest first. */
    public List<Long> undecided(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> r.getLong("id"),
                        "select r.id from review r where not exists (select 1 from reply p where p.review = r.id)"
                                + " order by r.id limit ?",
                        most));
    }

    /** Keeps a decision. Of two that decide at once, the first counts. */
    void keep(
            long review,
            long series,
            String list,
            ReplyState state,
            List<String> reasons,
            Optional<ReplyMail> mail,
            Instant notBefore) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            List<Long> there = sql.list(r -> r.getLong("id"), "select id from reply where review = ?", review);
            return there.isEmpty() ? insert(sql, review, series, list, state, reasons, mail, notBefore) : 0;
        });
    }

    private long insert(
            Sql sql,
            long review,
            long series,
            String list,
            ReplyState state,
            List<String> reasons,
            Optional<ReplyMail> mail,
            Instant notBefore)
            throws SQLException {
        return sql.insert(
                "insert into reply (review, series, list, state, reasons, recipients, message_id, message,"
                        + " not_before, changed, attempts, problem)"
                        + " values (nullif(cast(? as bigint), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')",
                review,
                series,
                list,
                state.name(),
                String.join("\n", reasons),
                mail.map(m -> String.join("\n", m.recipients())).orElse(""),
                mail.map(ReplyMail::messageId).orElse(""),
                mail.map(ReplyMail::message).orElse(new byte[0]),
                notBefore,
                clock.instant());
    }

    /** Keeps the answer to the commands of a mail. Of two that answer at once, the first counts. */
    void answer(
            List<StoredCommand> commands,
            StoredSeries about,
            ReplyState state,
            List<String> reasons,
            ReplyMail mail,
            Instant notBefore) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            if (!decided(sql, commands, "")) {
                return 0;
            }
            long reply = insert(sql, 0, about.id(), about.list(), state, reasons, Optional.of(mail), notBefore);
            for (StoredCommand command : commands) {
                sql.update("update command set reply = ? where id = ?", reply, command.id());
            }
            return reply;
        });
    }

    /** Notes that the commands of a mail are not answered by mail. */
    void silent(List<StoredCommand> commands, String why) {
        database.transact(c -> decided(new Sql(c), commands, why));
    }

    private static boolean decided(Sql sql, List<StoredCommand> commands, String why) throws SQLException {
        int first = 0;
        for (StoredCommand command : commands) {
            first += sql.update(
                    "update command set told = true, untold = ? where id = ? and told = false",
                    Sql.fit(why, 500),
                    command.id());
        }
        if (first > 0 && first < commands.size()) {
            throw new SQLException("some of these commands were answered meanwhile");
        }
        return first > 0;
    }

    /** Answers to commands that an address got since a time, or will. */
    int answersSince(String address, Instant since) {
        return count(
                "select count(distinct p.id) from reply p join command c on c.reply = p.id where c.address = ?"
                        + " and c.ended >= ? and p.state in ('HELD', 'QUEUED', 'SENDING', 'SENT', 'BOUNCED', 'UNCERTAIN')",
                address,
                since);
    }

    /** A reply by its number. */
    public Optional<Reply> find(long id) {
        return many("select " + Reply.COLUMNS + " from reply where id = ?", id).stream()
                .findFirst();
    }

    /** What was decided about a review. */
    public Optional<Reply> ofReview(long review) {
        return many("select " + Reply.COLUMNS + " from reply where review = ?", review).stream()
                .findFirst();
    }

    /** How many are in a state. */
    public int count(ReplyState state) {
        return database.read(c -> new Sql(c)
                .list(r -> r.getInt(1), "select count(*) from reply where state = ?", state.name())
                .getFirst());
    }

    /** The newest decisions. */
    public List<Reply> newest(int most) {
        return many("select " + Reply.COLUMNS + " from reply order by changed desc, id desc limit ?", most);
    }

    /** The newest replies in one of the states. */
    public List<Reply> in(Set<ReplyState> states, int most) {
        String marks = String.join(", ", states.stream().map(s -> "?").toList());
        Object[] parameters =
                Stream.concat(states.stream().map(Enum::name), Stream.of(most)).toArray();
        return many(
                "select " + Reply.COLUMNS + " from reply where state in (" + marks
                        + ") order by changed desc, id desc limit ?",
                parameters);
    }

    /** The mail, byte for byte. */
    public byte[] message(long id) {
        return database.read(c -> new Sql(c)
                .list(r -> r.getBytes("message"), "select message from reply where id = ?", id)
                .getFirst());
    }

    /** Whether a series has a reply that went or will go. */
    boolean answered(long series) {
        return count(
                        "select count(*) from reply where series = ? and review is not null and state in"
                                + " ('HELD', 'QUEUED', 'SENDING', 'SENT', 'BOUNCED', 'UNCERTAIN')",
                        series)
                > 0;
    }

    /** Mails that a list got today, or will. */
    int today(String list) {
        Instant midnight = clock.instant().truncatedTo(ChronoUnit.DAYS);
        return count(
                "select count(*) from reply where list = ? and review is not null and changed >= ? and state in"
                        + " ('QUEUED', 'SENDING', 'SENT', 'BOUNCED', 'UNCERTAIN')",
                list,
                midnight);
    }

    /** Replies that may be sent now. */
    List<Reply> due() {
        return many(
                "select " + Reply.COLUMNS
                        + " from reply where state = 'QUEUED' and not_before <= ? order by not_before,"
                        + " id limit 50",
                clock.instant());
    }

    /** Lets a reply go that waits for a person, or keeps it back; whether it did wait. */
    public boolean moderate(long id, boolean go) {
        return move(id, ReplyState.HELD, go ? ReplyState.QUEUED : ReplyState.REJECTED, "");
    }

    /**
     * Takes a reply to send it. Only one taker of several succeeds, and what was taken is never given again: if the
     * program dies from here on, nobody can know whether the mail went.
     */
    boolean take(long id) {
        return move(id, ReplyState.QUEUED, ReplyState.SENDING, "");
    }

    void sent(long id) {
        move(id, ReplyState.SENDING, ReplyState.SENT, "");
    }

    void refused(long id, String problem) {
        move(id, ReplyState.SENDING, ReplyState.REFUSED, problem);
    }

    void uncertain(long id, String problem) {
        move(id, ReplyState.SENDING, ReplyState.UNCERTAIN, problem);
    }

    /** The server did certainly not take it: it waits again, longer each time. */
    void notSent(Reply reply, String problem) {
        if (reply.attempts() + 1 >= MOST_ATTEMPTS) {
            refused(reply.id(), problem);
            return;
        }
        Instant next = clock.instant().plus(1L << reply.attempts(), ChronoUnit.MINUTES);
        database.transact(c -> new Sql(c)
                .update(
                        "update reply set state = 'QUEUED', problem = ?, attempts = attempts + 1, not_before = ?,"
                                + " changed = ? where id = ? and state = 'SENDING'",
                        Sql.fit(problem, 2000),
                        next,
                        clock.instant(),
                        reply.id()));
    }

    /** What a sender that died left: at the start of the only sender, nothing is being sent. */
    public int abandon() {
        return database.transact(c -> new Sql(c)
                .update(
                        "update reply set state = 'UNCERTAIN', changed = ? where state = 'SENDING' and changed < ?",
                        clock.instant(),
                        clock.instant().minus(10, ChronoUnit.MINUTES)));
    }

    private boolean move(long id, ReplyState from, ReplyState to, String problem) {
        return database.transact(c -> new Sql(c)
                        .update(
                                "update reply set state = ?, problem = ?, changed = ? where id = ? and state = ?",
                                to.name(),
                                Sql.fit(problem, 2000),
                                clock.instant(),
                                id,
                                from.name()))
                > 0;
    }

    private int count(String statement, Object... parameters) {
        return database.read(
                c -> new Sql(c).list(r -> r.getInt(1), statement, parameters).getFirst());
    }

    private List<Reply> many(String statement, Object... parameters) {
        return database.read(c -> new Sql(c).list(Reply::of, statement, parameters));
    }
}
