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
import java.util.TreeSet;

/**
 * Puts new mails into threads. A thread is what chains of ids connect, also through mails that never came; it is named by
 * a number. Where mails join threads the largest keeps its number, so that renaming costs little in all.
 */
final class ThreadKeys {
    /**
     * @param threads the thread of each mail, in the order given
     * @param changed threads whose series may have changed by more than mails being added: some were joined, or a mail
     *     came that others had named before
     * @param known ids that had come or been named before, or come more than once; no other can have a copy
     */
    record Placed(List<Long> threads, Set<Long> changed, Set<String> known) {}

    private final Session session;
    private final Map<Long, Long> up = new HashMap<>();

    ThreadKeys(Session session) {
        this.session = session;
    }

    /**
     * @param mails new mails
     * @param ids their numbers, which also name new threads
     */
    Placed place(List<PreparedMail> mails, List<Long> ids) throws SQLException {
        Set<String> named = new LinkedHashSet<>();
        mails.forEach(m -> {
            named.add(m.key());
            named.addAll(m.linkKeys());
        });
        Map<String, Long> stored = stored(named);
        Map<String, Long> known = new HashMap<>(stored);
        Set<Long> touched = new LinkedHashSet<>();
        Set<String> seenBefore = new HashSet<>();
        List<Long> own = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            PreparedMail mail = mails.get(i);
            boolean wasNamed = known.containsKey(mail.key());
            if (wasNamed) {
                seenBefore.add(mail.key());
            }
            Set<Long> met = new TreeSet<>();
            met.add(find(known.getOrDefault(mail.key(), ids.get(i))));
            for (String key : mail.linkKeys()) {
                Long thread = known.get(key);
                if (thread != null) {
                    met.add(find(thread));
                }
            }
            long first = met.iterator().next();
            met.forEach(other -> up.put(other, first));
            known.put(mail.key(), first);
            mail.linkKeys().forEach(k -> known.putIfAbsent(k, first));
            own.add(first);
            boolean joined = met.size() > 1 && !(met.size() == 2 && met.contains(ids.get(i)));
            if (wasNamed || joined) {
                touched.add(first);
            }
        }
        Map<Long, Long> names = rename(new TreeSet<>(stored.values()));
        insert(known, stored, names);
        Set<Long> changed = new LinkedHashSet<>();
        touched.forEach(t -> changed.add(name(t, names)));
        return new Placed(own.stream().map(t -> name(t, names)).toList(), changed, seenBefore);
    }

    private Map<String, Long> stored(Collection<String> keys) throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        session.query(
                "select id_key, thread from thread_key where id_key = any(?)",
                r -> stored.put(r.getString(1), r.getLong(2)),
                keys);
        return stored;
    }

    /** The final number of each group with stored threads, by its representative. */
    private Map<Long, Long> rename(Set<Long> threads) throws SQLException {
        Map<Long, List<Long>> groups = new LinkedHashMap<>();
        threads.forEach(
                t -> groups.computeIfAbsent(find(t), k -> new ArrayList<>()).add(t));
        Map<Long, Long> names = new HashMap<>();
        for (var group : groups.entrySet()) {
            long winner = group.getValue().size() == 1 ? group.getValue().getFirst() : largest(group.getValue());
            names.put(group.getKey(), winner);
            List<Long> losers =
                    group.getValue().stream().filter(t -> t != winner).toList();
            if (!losers.isEmpty()) {
                for (String table : List.of("thread_key", "mail", "series")) {
                    session.update("update " + table + " set thread = ? where thread = any(?)", winner, losers);
                }
            }
        }
        return names;
    }

    private long largest(List<Long> threads) throws SQLException {
        return session.first(
                        "select thread from thread_key where thread = any(?)"
                                + " group by thread order by count(*) desc, thread limit 1",
                        r -> r.getLong(1),
                        threads)
                .orElse(threads.getFirst());
    }

    private void insert(Map<String, Long> known, Map<String, Long> stored, Map<Long, Long> names) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        known.forEach((key, thread) -> {
            if (!stored.containsKey(key)) {
                rows.add(new Object[] {key, name(thread, names)});
            }
        });
        session.batch("insert into thread_key (id_key, thread) values (?, ?)", rows);
    }

    private long name(long thread, Map<Long, Long> names) {
        long representative = find(thread);
        return names.getOrDefault(representative, representative);
    }

    private long find(long thread) {
        long root = thread;
        for (Long next = up.get(root); next != null && next != root; next = up.get(root)) {
            root = next;
        }
        return root;
    }
}
