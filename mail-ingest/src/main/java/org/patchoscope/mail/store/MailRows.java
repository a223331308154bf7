// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.SubjectLine;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.series.Mails;

/** The rows of raw mails and what each is when seen alone. */
final class MailRows {
    /** What a raw mail is among those with its Message-ID. */
    enum State {
        /** The one that stands for the id. */
        FIRST,
        /** The same mail, come another way. */
        COPY,
        /** Another mail under the same id. */
        IMPOSTOR,
        /** Taken away at its source. */
        WITHDRAWN
    }

    /** As much of a row as threads and series need. */
    record Row(
            long id,
            String key,
            String messageId,
            long thread,
            MailKind kind,
            State state,
            String loner,
            String inReplyTo,
            String references,
            long sent) {
        private static final SubjectLine REPLY = SubjectLine.parse("Re:");

        Loners.Lone lone() {
            return new Loners.Lone(loner, key, new MessageId(messageId), sent);
        }

        /** The mail as far as it matters when it is no part of a series: who it answers. */
        Message stub() {
            return new Message(
                    new MessageId(messageId),
                    "Re:",
                    Address.NOBODY,
                    Instant.ofEpochSecond(sent),
                    ids(inReplyTo),
                    ids(references),
                    "",
                    new byte[0],
                    List.of(),
                    List.of(),
                    List.of(),
                    REPLY);
        }

        private static List<MessageId> ids(String text) {
            return Arrays.stream(text.split(" "))
                    .filter(t -> !t.isEmpty())
                    .map(MessageId::new)
                    .toList();
        }
    }

    private static final String COLUMNS =
            "select id, id_key, message_id, thread, kind, state, loner, in_reply_to, refs, sent from mail ";

    private final Session session;
    private final Mailbox mailbox;

    MailRows(Session session, Mailbox mailbox) {
        this.session = session;
        this.mailbox = mailbox;
    }

    long nextId() throws SQLException {
        return session.number("select max(id) from mail") + 1;
    }

    /** Numbers and states of those raw mails that are stored, by hash. */
    Map<String, Row> byHash(Collection<String> hashes) throws SQLException {
        Map<String, Row> found = new HashMap<>();
        if (!hashes.isEmpty()) {
            session.query(
                    COLUMNS.replace("select ", "select hash, ") + "where hash = any(?)",
                    r -> found.put(r.getString("hash"), row(r)),
                    hashes);
        }
        return found;
    }

    void insert(String source, List<PreparedMail> mails, List<Long> ids, List<Long> threads) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        List<Object[]> pieces = new ArrayList<>();
        List<Object[]> problems = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            PreparedMail mail = mails.get(i);
            long id = ids.get(i);
            rows.add(columns(source, mail, id, threads.get(i)));
            for (int n = 0; n < mail.pieces().size(); n++) {
                pieces.add(new Object[] {id, n, mail.pieces().get(n)});
            }
            mail.problems().forEach(p -> problems.add(new Object[] {id, p.kind().name(), p.detail()}));
            if (mail.kind() == MailKind.POSTING) {
                // Of other mail only the rows are read again.
                mailbox.keep(id, mail.message());
            }
        }
        session.batch(
                "insert into mail (id, hash, size, source, arrived, id_key, message_id, thread, kind, state, automatic,"
                        + " loner, subject, author, sent, lists, in_reply_to, refs)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
        session.batch("insert into content (mail, piece, data) values (?, ?, ?)", pieces);
        session.batch("insert into problem (mail, kind, detail) values (?, ?, ?)", problems);
    }

    private static Object[] columns(String source, PreparedMail mail, long id, long thread) {
        Message message = mail.message();
        boolean there = mail.arrival().change() == org.patchoscope.mail.source.Arrival.Change.ADDED;
        return new Object[] {
            id,
            mail.hash(),
            (long) mail.arrival().raw().length,
            source,
            mail.arrival().arrived().getEpochSecond(),
            mail.key(),
            message.id().value(),
            thread,
            mail.kind().name(),
            (there ? State.FIRST : State.WITHDRAWN).name(),
            mail.automatic(),
            mail.loner(),
            message.subject(),
            message.sender().display(),
            message.date().getEpochSecond(),
            String.join(" ", message.lists()),
            joined(message.inReplyTo()),
            joined(message.references())
        };
    }

    private static String joined(List<MessageId> ids) {
        return ids.stream().map(MessageId::value).collect(Collectors.joining(" "));
    }

    void setState(long id, State state) throws SQLException {
        session.update("update mail set state = ? where id = ?", state.name(), id);
    }

    /**
     * Decides anew which mail stands for each id, where several came.
     *
     * @return the threads in which that changed
     */
    Set<Long> sortOutCopies(Collection<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Set.of();
        }
        Map<String, List<Row>> byKey = new HashMap<>();
        for (Row row : session.query(COLUMNS + "where id_key = any(?) and state <> 'WITHDRAWN'", MailRows::row, keys)) {
            byKey.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row);
        }
        Set<Long> changed = new HashSet<>();
        for (List<Row> rows : byKey.values()) {
            if (rows.size() > 1 || rows.getFirst().state() != State.FIRST) {
                sortOut(rows);
                changed.add(rows.getFirst().thread());
            }
        }
        return changed;
    }

    private void sortOut(List<Row> rows) throws SQLException {
        Map<Long, Message> messages = mailbox.read(rows.stream().map(Row::id).toList());
        Mails mails = Mails.of(List.copyOf(messages.values()));
        for (Row row : rows) {
            Message message = messages.get(row.id());
            State state = mails.unique().contains(message)
                    ? State.FIRST
                    : mails.impostors().contains(message) ? State.IMPOSTOR : State.COPY;
            if (state != row.state()) {
                setState(row.id(), state);
            }
        }
    }

    /** All mails that may be connected with one that may be without a thread. */
    Set<String> connectedWith(Loners.Lone mail) throws SQLException {
        return Loners.connectedWith(mail, session);
    }

    /** The rows of whole threads that were not withdrawn. */
    List<Row> ofThreads(Collection<Long> threads) throws SQLException {
        return threads.isEmpty()
                ? List.of()
                : session.query(COLUMNS + "where thread = any(?) and state <> 'WITHDRAWN'", MailRows::row, threads);
    }

    /** The rows of those mails with these keys that share a loner key and are the only patch mails of their thread. */
    List<Row> ofLoners(String loner, Set<String> among) throws SQLException {
        List<String> keys = session.query(
                "select id_key from mail m where id_key = any(?) and loner = ? and state = 'FIRST' and not exists"
                        + " (select 1 from mail o where o.thread = m.thread and o.id_key <> m.id_key"
                        + " and o.state = 'FIRST' and o.kind = 'POSTING')",
                r -> r.getString(1),
                among,
                loner);
        return keys.isEmpty()
                ? List.of()
                : session.query(COLUMNS + "where id_key = any(?) and state <> 'WITHDRAWN'", MailRows::row, keys);
    }

    static Row row(ResultSet r) throws SQLException {
        return new Row(
                r.getLong("id"),
                r.getString("id_key"),
                r.getString("message_id"),
                r.getLong("thread"),
                MailKind.valueOf(r.getString("kind")),
                State.valueOf(r.getString("state")),
                r.getString("loner"),
                r.getString("in_reply_to"),
                r.getString("refs"),
                r.getLong("sent"));
    }
}
