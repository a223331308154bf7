// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.source.Arrival;

/** Stores some mails, all that follows from them, and the position of their source, as one transaction. */
final class Batch {
    private final Session session;
    private final MailRows mails;
    private final Units units;

    Batch(Session session, Mailbox mailbox) {
        this.session = session;
        mails = new MailRows(session, mailbox);
        units = new Units(mails, mailbox);
    }

    /**
     * Writes without committing.
     *
     * @return how many of the mails were stored before
     */
    int write(String source, List<PreparedMail> arrived, String position, Instant now) throws SQLException {
        session.query("select only_row from writer for update", r -> r.getInt(1));
        List<PreparedMail> added = fresh(arrived);
        long next = mails.nextId();
        List<Long> ids = LongStream.range(next, next + added.size()).boxed().toList();
        ThreadKeys.Placed placed = new ThreadKeys(session).place(added, ids);
        mails.insert(source, added, ids, placed.threads());
        new CommandRows(session).queue(added, now);
        Set<Long> changed = new LinkedHashSet<>(placed.changed());
        changed.addAll(mails.sortOutCopies(placed.known()));
        for (int i = 0; i < added.size(); i++) {
            if (added.get(i).kind() == MailKind.POSTING) {
                changed.add(placed.threads().get(i));
            }
        }
        changed.addAll(changeStates(arrived, added));
        List<Loners.Lone> loners = lonersIn(changed);
        if (!changed.isEmpty()) {
            new TopicRows(session).link(new SeriesRows(session).replace(units.assemble(changed, loners), now));
        }
        move(source, position, arrived.size() - added.size(), added);
        return arrived.size() - added.size();
    }

    /** Mails that are not stored yet, each once. */
    private List<PreparedMail> fresh(List<PreparedMail> arrived) throws SQLException {
        Map<String, PreparedMail> byHash = new LinkedHashMap<>();
        arrived.forEach(m -> byHash.putIfAbsent(m.hash(), m));
        byHash.keySet().removeAll(mails.byHash(byHash.keySet()).keySet());
        return List.copyOf(byHash.values());
    }

    /**
     * Takes away what was withdrawn, and brings back what came again; the last word counts. What came once, and for the
     * first time, was stored in its state.
     */
    private Set<Long> changeStates(List<PreparedMail> arrived, List<PreparedMail> added) throws SQLException {
        Map<String, Arrival.Change> last = new LinkedHashMap<>();
        arrived.forEach(m -> last.put(m.hash(), m.arrival().change()));
        added.forEach(m -> last.remove(m.hash(), m.arrival().change()));
        Set<Long> changed = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Map.Entry<String, MailRows.Row> entry : mails.byHash(last.keySet()).entrySet()) {
            MailRows.Row row = entry.getValue();
            boolean gone = last.get(entry.getKey()) == Arrival.Change.WITHDRAWN;
            if (gone != (row.state() == MailRows.State.WITHDRAWN)) {
                mails.setState(row.id(), gone ? MailRows.State.WITHDRAWN : MailRows.State.FIRST);
                changed.add(row.thread());
                keys.add(row.key());
            }
        }
        changed.addAll(mails.sortOutCopies(keys));
        return changed;
    }

    /** Mails of these threads that are, or were, parts of a posting without a thread. */
    private List<Loners.Lone> lonersIn(Set<Long> threads) throws SQLException {
        return threads.isEmpty()
                ? List.of()
                : session.query(
                        "select loner, id_key, message_id, sent from mail where thread = any(?) and loner <> ''",
                        Loners.Lone::read,
                        threads);
    }

    private void move(String source, String position, int repeated, List<PreparedMail> added) throws SQLException {
        long last = added.stream().mapToLong(Batch::came).max().orElse(0);
        int rows = session.update(
                "update source_position set position = ?, repeated = repeated + ?, mails = mails + ?,"
                        + " last_mail = greatest(last_mail, ?) where source = ?",
                position,
                repeated,
                added.size(),
                last,
                source);
        if (rows == 0) {
            session.update(
                    "insert into source_position (source, position, repeated, mails, last_mail) values (?, ?, ?, ?, ?)",
                    source,
                    position,
                    repeated,
                    added.size(),
                    last);
        }
    }

    private static long came(PreparedMail mail) {
        long arrived = mail.arrival().arrived().getEpochSecond();
        return arrived > 0 ? arrived : mail.message().date().getEpochSecond();
    }
}
