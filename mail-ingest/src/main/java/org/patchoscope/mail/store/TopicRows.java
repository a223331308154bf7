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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.mail.TopicGroups;
import org.patchoscope.mail.TopicTraits;

/**
 * Keeps the topic of each series: what {@link TopicGroups} says of all series, found by looking at few. A topic is named by
 * the smallest number of its series.
 *
 * <p>A new series can only join topics, never part them; so it is compared with those it may be linked to and nothing is
 * read of the topic it joins. Only where a series changed or went its old topic is looked at whole.
 */
final class TopicRows {
    private record Candidate(long series, long topic) {}

    private final Session session;
    private final Map<Long, Long> up = new HashMap<>();

    TopicRows(Session session) {
        this.session = session;
    }

    /** Links anew what a change may have linked or parted. */
    void link(SeriesRows.Changes changes) throws SQLException {
        part(changes.topics());
        joinByKeys(changes.written());
        joinByTitles(changes.written());
        Map<Long, List<Long>> joined = new TreeMap<>();
        for (long topic : List.copyOf(up.keySet())) {
            long name = find(topic);
            if (name != topic) {
                joined.computeIfAbsent(name, k -> new ArrayList<>()).add(topic);
            }
        }
        for (var group : joined.entrySet()) {
            session.update("update series set topic = ? where topic = any(?)", group.getKey(), group.getValue());
        }
    }

    /** Topics that a series left may be several now. */
    private void part(Set<Long> topics) throws SQLException {
        if (topics.isEmpty()) {
            return;
        }
        Map<Long, Long> before = new TreeMap<>();
        session.query(
                "select id, topic from series where topic = any(?)",
                r -> before.put(r.getLong(1), r.getLong(2)),
                topics);
        List<Long> members = List.copyOf(before.keySet());
        Map<Long, TopicTraits> traits = traits(members);
        List<Object[]> moved = new ArrayList<>();
        for (List<Integer> group :
                TopicGroups.of(members.stream().map(traits::get).toList())) {
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

    private void joinByKeys(Map<Long, TopicTraits> written) throws SQLException {
        Map<String, List<Candidate>> byKey =
                candidates("series_key", "link", written.values().stream().flatMap(t -> t.keys().stream()));
        byKey.values()
                .forEach(linked -> linked.forEach(c -> join(linked.getFirst().topic(), c.topic())));
    }

    private void joinByTitles(Map<Long, TopicTraits> written) throws SQLException {
        Map<String, List<Candidate>> byTitle =
                candidates("series_title", "title", written.values().stream().flatMap(t -> t.titles().stream()));
        Map<Long, Set<Candidate>> open = new HashMap<>();
        for (var series : written.entrySet()) {
            for (String title : series.getValue().titles()) {
                for (Candidate other : byTitle.getOrDefault(title, List.of())) {
                    // A new series stands alone, so that its topic has its number.
                    if (find(other.topic()) != find(series.getKey())) {
                        open.computeIfAbsent(series.getKey(), k -> new HashSet<>())
                                .add(other);
                    }
                }
            }
        }
        Set<Long> others = new HashSet<>();
        open.values().forEach(set -> set.forEach(c -> others.add(c.series())));
        Map<Long, TopicTraits> traits = traits(others);
        open.forEach((series, set) -> set.forEach(other -> {
            TopicTraits mine = written.get(series);
            TopicTraits theirs = traits.get(other.series());
            if (mine != null && theirs != null && mine.sharesTitles(theirs)) {
                join(series, other.topic());
            }
        }));
    }

    /** The series that have one of these texts, by text. */
    private Map<String, List<Candidate>> candidates(String table, String column, Stream<String> texts)
            throws SQLException {
        Map<String, List<Candidate>> found = new HashMap<>();
        Set<String> wanted = texts.collect(Collectors.toSet());
        if (!wanted.isEmpty()) {
            session.query(
                    "select t." + column + ", s.id, s.topic from " + table
                            + " t join series s on s.id = t.series where t." + column + " = any(?)",
                    r -> found.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                            .add(new Candidate(r.getLong(2), r.getLong(3))),
                    wanted);
        }
        return found;
    }

    private Map<Long, TopicTraits> traits(Collection<Long> series) throws SQLException {
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
        Map<Long, TopicTraits> traits = new HashMap<>();
        series.forEach(s ->
                traits.put(s, new TopicTraits(keys.getOrDefault(s, Set.of()), titles.getOrDefault(s, List.of()))));
        return traits;
    }

    private void join(long one, long other) {
        long a = find(one);
        long b = find(other);
        up.put(Math.max(a, b), Math.min(a, b));
    }

    private long find(long topic) {
        long root = topic;
        for (Long next = up.get(root); next != null && next != root; next = up.get(root)) {
            root = next;
        }
        return root;
    }
}
