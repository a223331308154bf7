// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.command.CommandReader;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Decision;
import org.patchoscope.mail.command.WrittenCommand;
import org.patchoscope.mail.series.SeriesLookup;

/**
 * Commands that came by mail, in the order in which they came. The decision about each is made once, and is on the disk before
 * it is handed out. An executor keeps what it was given under the command's key before it does anything; then one that died in
 * between finds the command among the {@linkplain #unfinished unfinished} ones, and nothing is lost or carried out twice.
 */
public final class CommandQueue {
    /** What became of a command; the names are public and stay. */
    public enum State {
        /** Not decided about. */
        WAITING,
        /** Allowed and handed out, and not finished. */
        TAKEN,
        /** Carried out. */
        DONE,
        /** Could not be carried out. */
        FAILED,
        /** Not allowed, or not understood. */
        REFUSED
    }

    /**
     * A command with the decision about it. An accepted one is to be carried out, a refused one to be answered; its sender is
     * told by mail only where {@link Decision.Reason#tellByMail} says so. Then each is {@link #finish finished}.
     *
     * @param key names the command for ever
     * @param mail the mail it stands in, to be answered
     * @param found the series it is about, always there when it was accepted
     */
    public record Order(
            String key, Message mail, WrittenCommand written, Decision decision, Optional<SeriesLookup.Found> found) {}

    /**
     * A command and what became of it.
     *
     * @param reason a {@link Decision.Right} or {@link Decision.Reason}; empty while it waits
     * @param answer what was answered, or empty
     */
    public record Line(
            String key,
            MessageId mail,
            String sender,
            String text,
            Instant written,
            State state,
            String reason,
            String answer) {}

    private record Held(CommandRights.Copy copy, WrittenCommand written, boolean withdrawn) {}

    private record Row(String key, String idKey, String sender, Instant written, Instant queued) {}

    private record Decided(Row row, State state, String reason) {
        Decision decision() {
            return state == State.TAKEN
                    ? new Decision.Accepted(Decision.Right.valueOf(reason))
                    : new Decision.Refused(Decision.Reason.valueOf(reason));
        }
    }

    private final MailStore store;
    private final Session session;
    private final Mailbox mailbox;
    private final Clock clock;

    CommandQueue(MailStore store, Session session, Mailbox mailbox, Clock clock) {
        this.store = store;
        this.session = session;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    /** Takes the next command that is decided about; nothing when none is left, or all others still wait. */
    public Optional<Order> take(CommandRights rights) throws IOException {
        return store.change(() -> {
            session.query("select only_row from writer for update", r -> r.getInt(1));
            List<Row> waiting = session.query(
                    "select command_key, id_key, sender, written, queued from mail_command where state = 'WAITING'"
                            + " order by id",
                    CommandQueue::row);
            for (Row row : waiting) {
                Optional<Order> order = decide(row, rights);
                if (order.isPresent()) {
                    return order;
                }
            }
            return Optional.<Order>empty();
        });
    }

    /** Commands that were handed out, allowed or refused, and are not finished, as they were handed out; oldest first. */
    public List<Order> unfinished() throws IOException {
        return store.ask(() -> {
            List<Order> orders = new ArrayList<>();
            for (Decided d : session.query(
                    "select command_key, id_key, sender, written, queued, state, reason from mail_command"
                            + " where state = 'TAKEN' or (state = 'REFUSED' and answer = '') order by id",
                    r -> new Decided(row(r), State.valueOf(r.getString(6)), r.getString(7)))) {
                Held held = first(held(d.row()), d.row());
                orders.add(new Order(
                        d.row().key(),
                        held.copy().message(),
                        held.written(),
                        d.decision(),
                        new StoredSeries(session, mailbox)
                                .find(held.copy().message().id())));
            }
            return List.copyOf(orders);
        });
    }

    /**
     * Notes what became of a command that was handed out. The first word about it counts.
     *
     * @param outcome {@link State#DONE} or {@link State#FAILED} of an allowed one, {@link State#REFUSED} of another
     * @param answer what is shown or was sent; not empty
     */
    public void finish(String key, State outcome, String answer) throws StoreException {
        String from = switch (outcome) {
            case DONE, FAILED -> "TAKEN";
            case REFUSED -> "REFUSED";
            case WAITING, TAKEN -> throw new IllegalArgumentException("not an outcome: " + outcome);
        };
        if (answer.isEmpty()) {
            throw new IllegalArgumentException("an answer says something");
        }
        store.change(() -> session.update(
                "update mail_command set state = ?, answer = ? where command_key = ? and state = ? and answer = ''",
                outcome.name(),
                answer,
                key,
                from));
    }

    /** Commands, newest first. */
    public List<Line> list(int most) throws StoreException {
        return store.ask(() -> session.query(LINE + "from mail_command c order by id desc limit ?", LINES, most));
    }

    /** Commands in the thread that a mail is in, oldest first. */
    public List<Line> inThread(MessageId mail) throws StoreException {
        return store.ask(() -> session.query(
                LINE + "from mail_command c where exists (select 1 from thread_key a join thread_key b"
                        + " on b.thread = a.thread where a.id_key = c.id_key and b.id_key = ?) order by id",
                LINES,
                StoredText.key(mail.key())));
    }

    private static final String LINE = "select command_key, message_id, sender, text, written, state, reason, answer ";

    private static final Session.Row<Line> LINES = r -> new Line(
            r.getString(1),
            new MessageId(r.getString(2)),
            r.getString(3),
            r.getString(4),
            Instant.ofEpochSecond(r.getLong(5)),
            State.valueOf(r.getString(6)),
            r.getString(7),
            r.getString(8));

    private Optional<Order> decide(Row row, CommandRights rights) throws SQLException {
        List<Held> held = held(row);
        Held first = first(held, row);
        Message mail = first.copy().message();
        WrittenCommand written = first.written();
        Optional<SeriesLookup.Found> found = new StoredSeries(session, mailbox).find(mail.id());
        Decision decision = rights.decide(new CommandRights.Situation(
                written.command(),
                held.stream().filter(h -> !h.withdrawn()).map(Held::copy).toList(),
                row.written(),
                row.queued(),
                found.map(SeriesLookup.Found::series),
                today(row.sender()),
                clock.instant()));
        return switch (decision) {
            case Decision.Waiting waiting -> Optional.empty();
            case Decision.Accepted accepted -> {
                decided(row.key(), State.TAKEN, accepted.right().name());
                yield Optional.of(new Order(row.key(), mail, written, decision, found));
            }
            case Decision.Refused refused -> {
                decided(row.key(), State.REFUSED, refused.reason().name());
                yield Optional.of(new Order(row.key(), mail, written, decision, found));
            }
        };
    }

    private static Row row(ResultSet r) throws SQLException {
        return new Row(
                r.getString(1),
                r.getString(2),
                r.getString(3),
                Instant.ofEpochSecond(r.getLong(4)),
                Instant.ofEpochSecond(r.getLong(5)));
    }

    private static Held first(List<Held> held, Row row) throws SQLException {
        if (held.isEmpty()) {
            throw new SQLException("the mail of command " + row.key() + " is not in the store");
        }
        return held.getFirst();
    }

    /** The mails with the command in it: copies of one, which may have come by several ways. */
    private List<Held> held(Row row) throws SQLException {
        record Stored(long id, String source, boolean withdrawn) {}
        List<Stored> stored = session.query(
                "select id, source, state from mail where id_key = ? order by id",
                r -> new Stored(r.getLong(1), r.getString(2), r.getString(3).equals("WITHDRAWN")),
                row.idKey());
        Map<Long, Message> mails = mailbox.read(stored.stream().map(Stored::id).toList());
        List<Held> held = new ArrayList<>();
        for (Stored s : stored) {
            Message mail = Objects.requireNonNull(mails.get(s.id()));
            for (WrittenCommand written : CommandReader.read(mail)) {
                if (CommandRows.key(mail, written).equals(row.key())) {
                    held.add(new Held(new CommandRights.Copy(s.source(), mail), written, s.withdrawn()));
                }
            }
        }
        return held;
    }

    private long today(String sender) throws SQLException {
        return session.number(
                "select count(*) from mail_command where sender = ? and decided > ?"
                        + " and state in ('TAKEN', 'DONE', 'FAILED')",
                sender,
                clock.instant().minus(Duration.ofDays(1)).getEpochSecond());
    }

    private void decided(String key, State state, String reason) throws SQLException {
        session.update(
                "update mail_command set state = ?, reason = ?, decided = ? where command_key = ?",
                state.name(),
                reason,
                clock.instant().getEpochSecond(),
                key);
    }
}
