// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.mail.MessageId;

/** Reads what a store holds, for people. */
public final class Archive {
    private final MailStore store;
    private final Session session;
    private final Mailbox mailbox;

    Archive(MailStore store, Session session, Mailbox mailbox) {
        this.store = store;
        this.session = session;
        this.mailbox = mailbox;
    }

    /**
     * One version of a series, as a line in a list.
     *
     * @param topic equal for the versions of one topic
     * @param missing part numbers, joined by blanks; empty when it is complete
     */
    public record SeriesLine(
            long topic,
            int version,
            boolean rfc,
            int total,
            int patches,
            String missing,
            String title,
            String author,
            Instant sent,
            String root) {}

    /** Which series are meant. */
    public enum Parts {
        ANY,
        /** Every promised part has come. */
        COMPLETE,
        /** Some have not. */
        MISSING
    }

    /** A mail that was read with a problem. */
    public record ProblemLine(String kind, String detail, String messageId, String subject) {}

    /** The raw mail that stands for an id. */
    public Optional<byte[]> raw(MessageId id) throws StoreException {
        return store.ask(() -> {
            Optional<Long> number = session.first(
                    "select id from mail where id_key = ? order by case state when 'FIRST' then 0 when 'COPY' then 1"
                            + " when 'IMPOSTOR' then 2 else 3 end, id limit 1",
                    r -> r.getLong(1),
                    StoredText.key(id.key()));
            if (number.isEmpty()) {
                return Optional.<byte[]>empty();
            }
            return Optional.ofNullable(mailbox.raw(List.of(number.get())).get(number.get()));
        });
    }

    /** The raw mails of the thread that a mail is in, in order of arrival. */
    public List<byte[]> thread(MessageId id) throws StoreException {
        return store.ask(() -> {
            List<Long> numbers = session.query(
                    "select m.id from mail m join thread_key k on k.thread = m.thread where k.id_key = ?"
                            + " and m.state in ('FIRST', 'IMPOSTOR') order by m.id",
                    r -> r.getLong(1),
                    StoredText.key(id.key()));
            Map<Long, byte[]> raw = mailbox.raw(numbers);
            return List.copyOf(raw.values());
        });
    }

    /**
     * Series, newest first.
     *
     * @param words all of which occur in title, author, lists or ids; none for every series
     */
    public List<SeriesLine> series(List<String> words, Parts parts, int most) throws StoreException {
        StringBuilder where = new StringBuilder("where true");
        List<Object> arguments = new ArrayList<>();
        for (String word : words) {
            where.append(" and lower(title || ' ' || author || ' ' || lists || ' ' || root_key) like ? escape '!'");
            arguments.add("%" + word.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%");
        }
        where.append(
                switch (parts) {
                    case ANY -> "";
                    case COMPLETE -> " and missing = ''";
                    case MISSING -> " and missing <> ''";
                });
        arguments.add(most);
        return store.ask(() -> session.query(
                "select topic, version, rfc, total, patches, missing, title, author, sent,"
                        // Keys are in lower case; archives and other tools want the id as it was written.
                        + " coalesce((select max(message_id) from mail m where m.id_key = root_key"
                        + " and m.state = 'FIRST'), root_key) from series "
                        + where + " order by sent desc, id desc limit ?",
                r -> new SeriesLine(
                        r.getLong(1),
                        r.getInt(2),
                        r.getBoolean(3),
                        r.getInt(4),
                        r.getInt(5),
                        r.getString(6),
                        r.getString(7),
                        r.getString(8),
                        Instant.ofEpochSecond(r.getLong(9)),
                        r.getString(10)),
                arguments.toArray()));
    }

    /** Mails that could not be read in full, or that stand beside another under the same id, in order of arrival. */
    public List<ProblemLine> problems(int most) throws StoreException {
        return store.ask(() -> session.query(
                "select kind, detail, message_id, subject from ("
                        + "select m.id, p.kind, p.detail, m.message_id, m.subject"
                        + " from problem p join mail m on m.id = p.mail"
                        + " union all select m.id, 'DUPLICATE_ID', 'another mail has this id and another content',"
                        + " m.message_id, m.subject from mail m where m.state = 'IMPOSTOR'"
                        + " union all select m.id, 'WITHDRAWN', 'taken away at its source', m.message_id, m.subject"
                        + " from mail m where m.state = 'WITHDRAWN') as listed order by id, kind limit ?",
                r -> new ProblemLine(r.getString(1), r.getString(2), r.getString(3), r.getString(4)),
                most));
    }

    /** Numbers about the whole store. */
    public StoreStatistics statistics() throws StoreException {
        return store.ask(() -> StoreStatistics.of(session));
    }
}
