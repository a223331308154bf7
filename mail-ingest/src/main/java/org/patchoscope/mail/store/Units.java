// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.series.Gathered;
import org.patchoscope.mail.series.MailKind;
import org.patchoscope.mail.series.SeriesAssembler;

/**
 * Assembles the smallest heaps of mail that are assembled as they would be among all others: one thread, or all mails
 * without a thread that may be parts of one posting.
 */
final class Units {
    /**
     * What was assembled.
     *
     * @param threads whose series these are, and whose there are no others
     */
    record Assembled(Set<Long> threads, List<Gathered.Posting> postings, Map<String, Long> threadOfKey) {}

    private final MailRows rows;
    private final Mailbox mailbox;

    Units(MailRows rows, Mailbox mailbox) {
        this.rows = rows;
        this.mailbox = mailbox;
    }

    /**
     * Assembles threads anew.
     *
     * @param threads in which something changed
     * @param loners mails that may have left the others they were assembled with
     */
    Assembled assemble(Collection<Long> threads, Collection<Loners.Lone> loners) throws SQLException {
        Map<Long, List<MailRows.Row>> byThread = new TreeMap<>();
        for (MailRows.Row row : rows.ofThreads(threads)) {
            byThread.computeIfAbsent(row.thread(), t -> new ArrayList<>()).add(row);
        }
        Set<Long> done = new LinkedHashSet<>(threads);
        Set<Loners.Lone> alone = new LinkedHashSet<>(loners);
        List<Gathered.Posting> postings = new ArrayList<>();
        Map<String, Long> threadOfKey = new HashMap<>();
        for (List<MailRows.Row> unit : byThread.values()) {
            List<MailRows.Row> parts = unit.stream()
                    .filter(r -> r.kind() == MailKind.POSTING && r.state() == MailRows.State.FIRST)
                    .toList();
            if (parts.size() == 1 && !parts.getFirst().loner().isEmpty()) {
                alone.add(parts.getFirst().lone());
            } else {
                add(unit, postings, threadOfKey);
            }
        }
        Set<String> seen = new HashSet<>();
        for (Loners.Lone mail : alone) {
            if (!seen.contains(mail.loner() + "\n" + mail.key())) {
                Set<String> connected = rows.connectedWith(mail);
                connected.forEach(key -> seen.add(mail.loner() + "\n" + key));
                List<MailRows.Row> unit = rows.ofLoners(mail.loner(), connected);
                unit.forEach(r -> done.add(r.thread()));
                add(unit, postings, threadOfKey);
            }
        }
        return new Assembled(done, postings, threadOfKey);
    }

    private void add(List<MailRows.Row> unit, List<Gathered.Posting> postings, Map<String, Long> threadOfKey)
            throws SQLException {
        unit.forEach(r -> threadOfKey.put(r.key(), r.thread()));
        if (unit.stream().anyMatch(r -> r.kind() == MailKind.POSTING)) {
            postings.addAll(SeriesAssembler.gather(messages(unit)).series());
        }
    }

    /** Postings in full with all their copies; of other mails only what they answer. */
    private List<Message> messages(List<MailRows.Row> unit) throws SQLException {
        Map<String, List<MailRows.Row>> byKey = new LinkedHashMap<>();
        unit.forEach(r -> byKey.computeIfAbsent(r.key(), k -> new ArrayList<>()).add(r));
        List<Long> wanted = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (List<MailRows.Row> copies : byKey.values()) {
            if (copies.stream().anyMatch(r -> r.kind() == MailKind.POSTING)) {
                copies.forEach(r -> wanted.add(r.id()));
            } else {
                copies.stream().filter(r -> r.state() == MailRows.State.FIRST).forEach(r -> messages.add(r.stub()));
            }
        }
        messages.addAll(mailbox.read(wanted).values());
        return messages;
    }
}
