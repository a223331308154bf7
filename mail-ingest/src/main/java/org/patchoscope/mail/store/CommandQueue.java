// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;
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
import org.patchoscope.mail.SeriesLookup;
import org.patchoscope.mail.command.CommandReader;
import org.patchoscope.mail.command.CommandRights;
import org.patchoscope.mail.command.Decision;
import org.patchoscope.mail.command.WrittenCommand;

/**
 * Commands that came by mail, in the order in which they came. Each is handed out once, with the decision about it; that is
 * on the disk before it is handed out. So no command is ever carried out twice, and one whose executor died stays
 * {@link State#TAKEN} for a person to look at.
 */
public final class CommandQueue {
    /** What became of a command; the names are public and stay. */
    public enum State {
        /** Not decided about. */
        WAITING,
        /** Handed out, and not heard of since. */
        TAKEN,
        /** Carried out. */
        DONE,
        /** Could not be carried out. */
        FAILED,
        /** Not allowed, or not understood. */
        REFUSED
    }

    /**
     * A command with the decision about it. An accepted one is to be carried out and then {@link #finish finished}; a
     * refused one is finished already, and its sender is told by mail only where {@link Decision.Reason#tellByMail} says so.
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
                    r -> new Row(
                            r.getString(1),
                            r.getString(2),
                            r.getString(3),
                            Instant.ofEpochSecond(r.getLong(4)),
                            Instant.ofEpochSecond(r.getLong(5))));
            for (Row row : waiting) {
                Optional<Order> order = decide(row, rights);
                if (order.isPresent()) {
                    return order;
                }
            }
            return Optional.<Order>empty();
        });
    }

    /**
     * Notes what became of a command that was taken.
     *
     * @param outcome {@link State#DONE} or {@link State#FAILED}
     * @param answer what is shown or was sent
     */
    public void finish(String key, State outcome, String answer) throws StoreException {
        if (outcome != State.DONE && outcome != State.FAILED) {
            throw new IllegalArgumentException("not an outcome: " + outcome);
        }
        store.change(() -> session.update(
                "update mail_command set state = ?, answer = ? where command_key = ? and state = 'TAKEN'",
                outcome.name(),
                answer,
                key));
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
        if (held.isEmpty()) {
            throw new SQLException("the mail of command " + row.key() + " is not in the store");
        }
        Message mail = held.getFirst().copy().message();
        WrittenCommand written = held.getFirst().written();
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
