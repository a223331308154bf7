// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Gathered;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesLookup;
import org.patchoscope.mail.series.Topic;

/** Makes stored series whole again: the same assembly as when they were stored, of the same mail. */
final class StoredSeries {
    /** Mails above a reply that are looked at. */
    private static final int MOST_ANSWERED = 200;

    private final Session session;
    private final Units units;

    StoredSeries(Session session, Mailbox mailbox) {
        this.session = session;
        units = new Units(new MailRows(session, mailbox), mailbox);
    }

    Optional<SeriesLookup.Found> find(MessageId id) throws SQLException {
        String key = StoredText.key(id.key());
        Optional<Long> number = part(key);
        if (number.isEmpty()) {
            number = ofAnswered(key);
        }
        if (number.isEmpty()) {
            number = ofThread(key);
        }
        return number.isEmpty() ? Optional.empty() : found(number.get());
    }

    private Optional<Long> part(String key) throws SQLException {
        return session.first(
                "select s.id from series s join series_mail m on m.series = s.id where m.id_key = ?"
                        + " order by case when s.root_key = ? then 0 else 1 end, s.version, s.id limit 1",
                r -> r.getLong(1),
                key,
                key);
    }

    /** For a reply: the series of the nearest mail above it that is part of one. */
    private Optional<Long> ofAnswered(String key) throws SQLException {
        Set<String> seen = new HashSet<>(Set.of(key));
        Deque<String> open = new ArrayDeque<>(above(key));
        while (!open.isEmpty() && seen.size() < MOST_ANSWERED) {
            String next = open.removeFirst();
            if (seen.add(next)) {
                Optional<Long> series = part(next);
                if (series.isPresent()) {
                    return series;
                }
                open.addAll(above(next));
            }
        }
        return Optional.empty();
    }

    /** What a mail answers, and then what its References name, the nearest first. */
    private List<String> above(String key) throws SQLException {
        List<String> ids = new ArrayList<>();
        session.query(
                "select in_reply_to, refs from mail where id_key = ? and state = 'FIRST'",
                r -> {
                    ids.addAll(List.of(r.getString(1).split(" ")));
                    return ids.addAll(List.of(r.getString(2).split(" ")).reversed());
                },
                key);
        return ids.stream()
                .filter(id -> !id.isBlank())
                .map(id -> StoredText.key(new MessageId(id).key()))
                .toList();
    }

    /** For a reply to mails that never came: the newest series of its thread. */
    private Optional<Long> ofThread(String key) throws SQLException {
        return session.first(
                "select s.id from series s join thread_key k on k.thread = s.thread where k.id_key = ?"
                        + " order by s.version desc, s.sent desc limit 1",
                r -> r.getLong(1),
                key);
    }

    private Optional<SeriesLookup.Found> found(long number) throws SQLException {
        record Row(long id, long thread, String root) {}
        List<Row> rows = session.query(
                "select id, thread, root_key from series where topic = (select topic from series where id = ?)",
                r -> new Row(r.getLong(1), r.getLong(2), r.getString(3)),
                number);
        Set<String> roots = new HashSet<>();
        Set<Long> threads = new HashSet<>();
        rows.forEach(r -> {
            roots.add(r.root());
            threads.add(r.thread());
        });
        List<Series> postings = new ArrayList<>();
        Optional<Series> wanted = Optional.empty();
        for (Gathered.Posting posting : units.assemble(threads, Set.of()).postings()) {
            String root = StoredText.key(posting.series().root().key());
            if (roots.contains(root)) {
                postings.add(posting.series());
                if (rows.stream().anyMatch(r -> r.id() == number && r.root().equals(root))) {
                    wanted = Optional.of(posting.series());
                }
            }
        }
        return wanted.map(s -> new SeriesLookup.Found(s, Topic.ofPostings(postings)));
    }
}
