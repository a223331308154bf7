// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Gathered;
import org.patchoscope.mail.series.Series;

/**
 * What came into a store, for a program that follows it: series in the order in which they came or became different, and
 * when each source last had a mail.
 */
public final class SeriesNews {
    private final MailStore store;
    private final Session session;
    private final Mailbox mailbox;
    private final Units units;

    SeriesNews(MailStore store, Session session, Mailbox mailbox) {
        this.store = store;
        this.session = session;
        this.mailbox = mailbox;
        units = new Units(new MailRows(session, mailbox), mailbox);
    }

    /**
     * That a series came or became different.
     *
     * @param digest another one whenever anything of the series is
     * @param changed when, to the second; writers of one store may differ by as much as their transactions take
     */
    public record Line(long series, String digest, Instant changed) {}

    /**
     * A series whole.
     *
     * @param others roots of the other postings of its topic, earlier and later
     */
    public record Arrived(Series series, Set<MessageId> others) {
        public Arrived {
            others = Set.copyOf(others);
        }
    }

    /**
     * A source that was read.
     *
     * @param mails that came from it first
     * @param last when the last of them came to the source; where it does not say, when the last one was sent
     */
    public record SourceLine(String source, long mails, Instant last) {}

    /**
     * What changed since a time, that time included, oldest change first.
     *
     * @param posted series of which the first mail is older than this are left out
     */
    public List<Line> since(Instant changed, Instant posted) throws StoreException {
        return store.ask(() -> session.query(
                "select id, digest, changed from series where changed >= ? and sent >= ? order by changed, id",
                r -> new Line(r.getLong(1), r.getString(2), Instant.ofEpochSecond(r.getLong(3))),
                changed.getEpochSecond(),
                posted.getEpochSecond()));
    }

    /** The series of a line; empty when it is not there any more. */
    public Optional<Arrived> read(Line line) throws StoreException {
        return store.ask(() -> arrived(line.series()));
    }

    private Optional<Arrived> arrived(long number) throws SQLException {
        record Row(long thread, long topic, String root) {}
        Optional<Row> row = session.first(
                "select thread, topic, root_key from series where id = ?",
                r -> new Row(r.getLong(1), r.getLong(2), r.getString(3)),
                number);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Set<MessageId> others = session
                .query(
                        "select root_key from series where topic = ? and id <> ?",
                        r -> new MessageId(r.getString(1)),
                        row.get().topic(),
                        number)
                .stream()
                .collect(Collectors.toSet());
        return units.assemble(Set.of(row.get().thread()), Set.of()).postings().stream()
                .map(Gathered.Posting::series)
                .filter(s -> StoredText.key(s.root().key()).equals(row.get().root()))
                .map(s -> new Arrived(s, others))
                .findFirst();
    }

    /** A mail, and its number in the store: a later one has a higher one. */
    public record NumberedMail(long number, Message message) {}

    /**
     * Mail of programs that came from a source, in the order in which it was stored.
     *
     * @param after a number; mails up to that one are left out
     */
    public List<NumberedMail> automatic(String source, long after, int most) throws StoreException {
        return store.ask(() -> {
            List<Long> numbers = session.query(
                    "select id from mail where source = ? and automatic = true and id > ?"
                            + " order by automatic, id limit ?",
                    r -> r.getLong(1),
                    source,
                    after,
                    most);
            Map<Long, Message> mails = mailbox.read(numbers);
            return numbers.stream()
                    .map(n -> new NumberedMail(n, Objects.requireNonNull(mails.get(n))))
                    .toList();
        });
    }

    /** All sources that were read, in the order of their names. */
    public List<SourceLine> sources() throws StoreException {
        return store.ask(() -> session.query(
                "select source, mails, last_mail from source_position order by source",
                r -> new SourceLine(r.getString(1), r.getLong(2), Instant.ofEpochSecond(r.getLong(3)))));
    }
}
