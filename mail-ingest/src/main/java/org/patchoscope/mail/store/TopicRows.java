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
    private List<Long> neighbours(Collection<Long> series) throws SQLException {
        return session.query(
                "select distinct o.topic from series o where o.id = any(?) or o.id in"
                        + " (select k.series from series_key k join series_key m on m.link = k.link"
                        + " where m.series = any(?)) or o.id in"
                        + " (select k.series from series_title k join series_title m on m.title = k.title"
                        + " where m.series = any(?))",
                r -> r.getLong(1),
                series,
                series,
                series);
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
