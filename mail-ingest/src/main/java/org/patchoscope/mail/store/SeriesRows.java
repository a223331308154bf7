// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.series.BaseHint;
import org.patchoscope.mail.series.Gathered;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.TopicTraits;

/** Writes series, and only those that came out otherwise than before. */
final class SeriesRows {
    /**
     * What changed.
     *
     * @param written series that are new or different, each alone in a topic of its own number, with what links it to
     *     others as that is stored
     * @param topics of those that are different or gone
     */
    record Changes(Map<Long, TopicTraits> written, Set<Long> topics) {}

    private record Stored(long id, long topic, String root, String digest) {}

    private final Session session;
    private long next;

    SeriesRows(Session session) {
        this.session = session;
    }

    Changes replace(Units.Assembled assembled, Instant now) throws SQLException {
        next = session.number("select max(id) from series") + 1;
        Map<String, Stored> old = new HashMap<>();
        if (!assembled.threads().isEmpty()) {
            session.query(
                    "select id, topic, root_key, digest from series where thread = any(?)",
                    r -> old.put(
                            r.getString(3), new Stored(r.getLong(1), r.getLong(2), r.getString(3), r.getString(4))),
                    assembled.threads());
        }
        Map<Long, TopicTraits> written = new LinkedHashMap<>();
        Set<Long> topics = new HashSet<>();
        Set<Long> remove = new HashSet<>();
        List<Object[]> series = new ArrayList<>();
        Children children = new Children();
        for (Gathered.Posting posting : assembled.postings()) {
            String root = StoredText.key(posting.series().root().key());
            Stored before = old.remove(root);
            String digest = digest(posting);
            if (before != null && before.digest().equals(digest)) {
                continue;
            }
            long id = before == null ? next++ : before.id();
            if (before != null) {
                remove.add(before.id());
                topics.add(before.topic());
            }
            TopicTraits traits = stored(posting.traits());
            written.put(id, traits);
            long thread = assembled.threadOfKey().getOrDefault(root, 0L);
            series.add(row(posting.series(), id, thread, root, digest, now));
            children.add(id, posting.series(), traits);
        }
        old.values().forEach(gone -> {
            remove.add(gone.id());
            topics.add(gone.topic());
        });
        delete(remove);
        insert(series, children);
        return new Changes(written, topics);
    }

    private static TopicTraits stored(TopicTraits traits) {
        return new TopicTraits(
                traits.keys().stream().map(StoredText::key).collect(Collectors.toSet()),
                traits.titles().stream().map(StoredText::key).toList());
    }

    private void delete(Collection<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            session.update("delete from series where id = any(?)", ids);
            for (String table : List.of("series_mail", "series_key", "series_title")) {
                session.update("delete from " + table + " where series = any(?)", ids);
            }
        }
    }

    private void insert(List<Object[]> series, Children children) throws SQLException {
        session.batch(
                "insert into series (id, thread, topic, root_key, digest, version, total, patches, missing, rfc, title,"
                        + " author, prefixes, lists, base, sent, changed)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                series);
        session.batch("insert into series_mail (series, position, part, id_key) values (?, ?, ?, ?)", children.mails);
        session.batch("insert into series_key (series, link) values (?, ?)", children.keys);
        session.batch("insert into series_title (series, title) values (?, ?)", children.titles);
    }

    private static final class Children {
        private final List<Object[]> mails = new ArrayList<>();
        private final List<Object[]> keys = new ArrayList<>();
        private final List<Object[]> titles = new ArrayList<>();

        void add(long id, Series series, TopicTraits traits) {
            int position = 0;
            for (Message cover : series.cover()) {
                mails.add(new Object[] {
                    id, position++, 0, StoredText.key(cover.id().key())
                });
            }
            for (Patch patch : series.patches()) {
                mails.add(new Object[] {
                    id, position++, patch.number(), StoredText.key(patch.id().key())
                });
            }
            for (Message older : series.replaced()) {
                mails.add(new Object[] {
                    id,
                    position++,
                    older.subjectLine().part(),
                    StoredText.key(older.id().key())
                });
            }
            traits.keys().forEach(k -> keys.add(new Object[] {id, k}));
            traits.titles().forEach(t -> titles.add(new Object[] {id, t}));
        }
    }

    private static Object[] row(Series series, long id, long thread, String root, String digest, Instant now) {
        return new Object[] {
            id,
            thread,
            id,
            root,
            digest,
            series.version(),
            series.total(),
            series.patches().size(),
            series.missing().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            series.rfc(),
            series.title(),
            series.author(),
            String.join(" ", series.prefixes()),
            String.join(" ", series.lists()),
            base(series.base()),
            series.date().getEpochSecond(),
            now.getEpochSecond()
        };
    }

    private static String base(BaseHint hint) {
        return switch (hint) {
            case BaseHint.Commit commit -> "commit " + commit.id();
            case BaseHint.VersionName version -> "version " + version.text();
            case BaseHint.None none -> "";
        };
    }

    /** Equal exactly when nothing that is stored of a series, or found by it, differs. */
    private static String digest(Gathered.Posting posting) {
        Series series = posting.series();
        StringBuilder text = new StringBuilder();
        Object[] row = row(series, 0, 0, "", "", Instant.EPOCH);
        text.append(Arrays.toString(row));
        series.messages().forEach(m -> text.append('\n').append(m.id().key()));
        series.patches().forEach(p -> text.append('\n').append(p.number()).append(p.title()));
        series.replaced().forEach(m -> text.append("\n-").append(m.id().key()));
        posting.traits().keys().stream().sorted().forEach(k -> text.append('\n').append(k));
        posting.traits().titles().forEach(t -> text.append('\n').append(t));
        return StoredText.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
