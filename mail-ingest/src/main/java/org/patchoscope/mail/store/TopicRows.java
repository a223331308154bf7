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
import org.patchoscope.mail.series.TopicGroups;
import org.patchoscope.mail.series.TopicTraits;

/**
 * Keeps the topic of each series: what {@link TopicGroups} says of all series, found by looking at few. A topic is named by
 * the smallest number of its series.
 *
 * <p>A new series can only join topics, never part them; so it is compared with those it may be linked to and nothing is
 * read of the topic it joins. Only where a series changed or went its old topic is looked at whole.
 */
final class TopicRows {
    /** @param patches as many as it has titles */
    private record Candidate(long series, long topic, int patches) {}

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
        Set<String> keys = new HashSet<>();
        written.values().forEach(t -> keys.addAll(t.keys()));
        Map<String, Long> topicOf = new HashMap<>();
        if (!keys.isEmpty()) {
            session.query(
                    "select distinct k.link, s.topic from series_key k join series s on s.id = k.series"
                            + " where k.link = any(?)",
                    r -> {
                        long topic = r.getLong(2);
                        Long other = topicOf.putIfAbsent(r.getString(1), topic);
                        if (other != null) {
                            join(other, topic);
                        }
                        return topic;
                    },
                    keys);
        }
    }

    private void joinByTitles(Map<Long, TopicTraits> written) throws SQLException {
        Map<String, List<Candidate>> byTitle = byTitle(written.values());
        for (var series : written.entrySet()) {
            List<String> titles = series.getValue().titles();
            Map<String, Long> mine = titles.stream().collect(Collectors.groupingBy(t -> t, Collectors.counting()));
            Map<Candidate, Long> common = new HashMap<>();
            mine.forEach((title, times) -> byTitle.getOrDefault(title, List.of()).stream()
                    .collect(Collectors.groupingBy(c -> c, Collectors.counting()))
                    .forEach((other, theirs) -> common.merge(other, Math.min(times, theirs), Long::sum)));
            common.forEach((other, shared) -> {
                if (TopicTraits.areHalf(shared, titles.size(), other.patches())) {
                    // A new series stands alone, so that its topic has its number.
                    join(series.getKey(), other.topic());
                }
            });
        }
    }

    /** The series that have one of these titles, as often as they have it. */
    private Map<String, List<Candidate>> byTitle(Collection<TopicTraits> written) throws SQLException {
        Set<String> titles = new HashSet<>();
        written.forEach(t -> titles.addAll(t.titles()));
        Map<String, List<Candidate>> found = new HashMap<>();
        if (!titles.isEmpty()) {
            session.query(
                    "select t.title, s.id, s.topic, s.patches from series_title t join series s on s.id = t.series"
                            + " where t.title = any(?)",
                    r -> found.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                            .add(new Candidate(r.getLong(2), r.getLong(3), r.getInt(4))),
                    titles);
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
