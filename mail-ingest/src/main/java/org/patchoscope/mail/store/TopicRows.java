// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.patchoscope.mail.TopicGroups;
import org.patchoscope.mail.TopicTraits;

/** Keeps the topic of each series: what {@link TopicGroups} says of all series, found by looking at few. */
final class TopicRows {
    private final Session session;

    TopicRows(Session session) {
        this.session = session;
    }

    /** Links anew what a change may have linked or parted. */
    void link(SeriesRows.Changes changes) throws SQLException {
        Set<Long> topics = new HashSet<>(changes.topics());
        if (!changes.written().isEmpty()) {
            topics.addAll(neighbours(changes.written()));
        }
        if (topics.isEmpty()) {
            return;
        }
        Map<Long, Long> before = new TreeMap<>();
        session.query(
                "select id, topic from series where topic = any(?)",
                r -> before.put(r.getLong(1), r.getLong(2)),
                topics);
        List<Long> members = List.copyOf(before.keySet());
        List<Object[]> moved = new ArrayList<>();
        for (List<Integer> group : TopicGroups.of(traits(members))) {
            long topic = group.stream().mapToLong(members::get).min().orElseThrow();
            for (int i : group) {
                long series = members.get(i);
                if (before.getOrDefault(series, 0L) != topic) {
                    moved.add(new Object[] {topic, series});
                }
            }
        }
        session.batch("update series set topic = ? where id = ?", moved);
    }

    /** Topics of all series, these included, that share a key or a title with these. */
    private Set<Long> neighbours(Collection<Long> series) throws SQLException {
        Set<Long> topics = new HashSet<>();
        for (String part : List.of("series_key link", "series_title title")) {
            String table = part.substring(0, part.indexOf(' '));
            String column = part.substring(part.indexOf(' ') + 1);
            List<String> texts = session.query(
                    "select distinct " + column + " from " + table + " where series = any(?)",
                    r -> r.getString(1),
                    series);
            topics.addAll(session.query(
                    "select distinct s.topic from " + table + " t join series s on s.id = t.series where t." + column
                            + " = any(?)",
                    r -> r.getLong(1),
                    texts));
        }
        return topics;
    }

    private List<TopicTraits> traits(List<Long> series) throws SQLException {
        Map<Long, Set<String>> keys = new HashMap<>();
        Map<Long, List<String>> titles = new HashMap<>();
        if (!series.isEmpty()) {
            session.query(
                    "select series, link from series_key where series = any(?)",
                    r -> keys.computeIfAbsent(r.getLong(1), k -> new HashSet<>())
                            .add(r.getString(2)),
                    series);
            session.query(
                    "select series, title from series_title where series = any(?)",
                    r -> titles.computeIfAbsent(r.getLong(1), k -> new ArrayList<>())
                            .add(r.getString(2)),
                    series);
        }
        return series.stream()
                .map(s -> new TopicTraits(keys.getOrDefault(s, Set.of()), titles.getOrDefault(s, List.of())))
                .toList();
    }
}
