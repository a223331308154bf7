// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.SeriesAssembler;

/**
 * Finds the mails without a thread that may be parts of one posting with a given one: those that a chain of less than
 * {@link SeriesAssembler#ONE_POSTING} each, or of ids of one run of git send-email, connects with it. Without this, a new mail
 * of somebody who never threads would be assembled with all that he ever sent.
 */
final class Loners {
    private static final long APART = SeriesAssembler.ONE_POSTING.toSeconds();
    /** Characters of an id that are looked up: those of a very long one are not all stored as they are. */
    private static final int LONGEST_START = 100;

    /**
     * A mail that may be without a thread.
     *
     * @param loner what parts of one posting have in common
     * @param key of its id
     * @param sent seconds since 1970
     */
    record Lone(String loner, String key, MessageId id, long sent) {
        static Lone read(ResultSet r) throws SQLException {
            return new Lone(
                    r.getString("loner"),
                    r.getString("id_key"),
                    new MessageId(r.getString("message_id")),
                    r.getLong("sent"));
        }
    }

    private static final String COLUMNS = "select loner, id_key, message_id, sent from mail where loner = ? ";

    private final Session session;
    private final Set<Lone> found = new HashSet<>();
    private final Set<MessageId.Run> runs = new HashSet<>();

    private Loners(Session session) {
        this.session = session;
    }

    /** The keys of all that are connected with a mail, its own included; some of them may have threads. */
    static Set<String> connectedWith(Lone mail, Session session) throws SQLException {
        Loners loners = new Loners(session);
        if (SeriesAssembler.hasMadeId(mail.id())) {
            // Files of format-patch have no ids, and nothing but their subjects to go by.
            session.query(COLUMNS, r -> loners.found.add(Lone.read(r)), mail.loner());
        } else {
            loners.follow(mail);
        }
        return loners.found.stream().map(Lone::key).collect(Collectors.toSet());
    }

    private void follow(Lone mail) throws SQLException {
        found.add(mail);
        Deque<Lone> open = new ArrayDeque<>(List.of(mail));
        while (!open.isEmpty()) {
            Lone start = open.removeFirst();
            open.addAll(ofRun(start));
            for (Lone near : near(start)) {
                open.addAll(ofRun(near));
            }
        }
    }

    /** All within an unbroken stretch of time, as far as they were not found before. */
    private List<Lone> near(Lone mail) throws SQLException {
        long from = mail.sent();
        long to = mail.sent();
        while (true) {
            List<Lone> within = session.query(
                    COLUMNS + "and sent > ? and sent < ?", Lone::read, mail.loner(), from - APART, to + APART);
            long first = within.stream().mapToLong(Lone::sent).min().orElse(from);
            long last = within.stream().mapToLong(Lone::sent).max().orElse(to);
            if (first >= from && last <= to) {
                return within.stream().filter(found::add).toList();
            }
            from = Math.min(first, from);
            to = Math.max(last, to);
        }
    }

    private List<Lone> ofRun(Lone mail) throws SQLException {
        Optional<MessageId.Run> run = mail.id().run();
        if (run.isEmpty() || !runs.add(run.get())) {
            return List.of();
        }
        String before = run.get().before();
        String start = before.substring(0, Math.min(before.length(), LONGEST_START));
        return session
                .query(
                        COLUMNS + "and id_key like ? escape '!'",
                        Lone::read,
                        mail.loner(),
                        start.replaceAll("([!%_])", "!$1") + "%")
                .stream()
                .filter(l -> l.id().run().equals(run) && found.add(l))
                .toList();
    }
}
