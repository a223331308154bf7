// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the topic of an earlier version: one of a thread it follows, or one of the same title or patches and sender. */
record TopicFinder(Sql sql) {
    /** The topic that a series belongs to; a new one where there is none. */
    long topic(NewSeries in) throws SQLException {
        Optional<Long> known = followed(in);
        if (known.isEmpty()) {
            known = titled(in);
        }
        if (known.isEmpty()) {
            known = alike(in);
        }
        return known.isPresent()
                ? known.get()
                : sql.insert(
                        "insert into topic (title, author) values (?, ?)",
                        Sql.fit(in.series().title(), 1000),
                        Sql.fit(in.series().author(), 1000));
    }

    private Optional<Long> followed(NewSeries in) throws SQLException {
        for (String id : in.follows()) {
            List<Long> followed = sql.list(
                    r -> r.getLong("topic"),
                    "select s.topic from series s where s.author_key = ? and (s.root = ? or exists"
                            + " (select 1 from patch p where p.series = s.id and lower(p.message_id) = ?))",
                    in.authorKey(),
                    id,
                    id);
            if (!followed.isEmpty()) {
                return Optional.of(followed.getFirst());
            }
        }
        return Optional.empty();
    }

    private Optional<Long> titled(NewSeries in) throws SQLException {
        return sql
                .list(
                        r -> r.getLong("topic"),
                        "select topic from series where title_key = ? and author_key = ? order by id desc",
                        Sql.fit(in.titleKey(), 1000),
                        Sql.fit(in.authorKey(), 1000))
                .stream()
                .findFirst();
    }

    /** The topic of a series of the same sender that has at least half of its patches, by title. */
    private Optional<Long> alike(NewSeries in) throws SQLException {
        Set<String> titles = in.patches().stream().map(StoredPatch::title).collect(Collectors.toSet());
        Map<Long, Set<String>> others = new LinkedHashMap<>();
        Map<Long, Long> topics = new HashMap<>();
        sql.list(
                r -> {
                    topics.put(r.getLong("id"), r.getLong("topic"));
                    return others.computeIfAbsent(r.getLong("id"), id -> new HashSet<>())
                            .add(r.getString("title"));
                },
                "select s.id, s.topic, p.title from series s join patch p on p.series = s.id"
                        + " where s.author_key = ? order by s.id desc limit 20000",
                Sql.fit(in.authorKey(), 1000));
        return others.entrySet().stream()
                .filter(e -> 2 * e.getValue().stream().filter(titles::contains).count()
                        >= Math.max(titles.size(), e.getValue().size()))
                .map(e -> topics.get(e.getKey()))
                .findFirst();
    }
}
