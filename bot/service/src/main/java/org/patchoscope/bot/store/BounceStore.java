// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Mail of ours that came back, and to whom nothing is sent for a while therefore. */
public final class BounceStore {
    /** A reader may be back by then, and a forged report is forgotten. */
    private static final Duration SILENCE = Duration.ofDays(30);

    private final Database database;
    private final Clock clock;

    public BounceStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * That a mail did not reach an address.
     *
     * @param messageId of our mail, without brackets
     * @param address in lower case
     */
    public record Bounce(String messageId, String address, String status, String diagnostic) {}

    /** How far a mailbox was read. */
    public long read(String store, String source) {
        return database.read(c -> new Sql(c)
                        .list(
                                r -> r.getLong("number"),
                                "select number from bounce_cursor where store = ? and source = ?",
                                Sql.fit(store, 1000),
                                Sql.fit(source, 1000))
                        .stream()
                        .findFirst()
                        .orElse(0L));
    }

    /**
     * Notes what a mailbox held up to a number. A report about a mail that we did not send, or to somebody we did not send
     * it to, changes nothing.
     *
     * @return of how many replies it was news
     */
    public int keep(String store, String source, long number, List<Bounce> bounces) {
        return database.transact(c -> {
            Sql sql = new Sql(c);
            int news = 0;
            for (Bounce b : bounces) {
                news += keep(sql, b) ? 1 : 0;
            }
            int rows = sql.update(
                    "update bounce_cursor set number = greatest(number, ?) where store = ? and source = ?",
                    number,
                    Sql.fit(store, 1000),
                    Sql.fit(source, 1000));
            if (rows == 0) {
                sql.update(
                        "insert into bounce_cursor (store, source, number) values (?, ?, ?)",
                        Sql.fit(store, 1000),
                        Sql.fit(source, 1000),
                        number);
            }
            return news;
        });
    }

    private boolean keep(Sql sql, Bounce b) throws SQLException {
        Optional<Long> reply = sql
                .list(
                        r -> r.getString("recipients")
                                        .toLowerCase(Locale.ROOT)
                                        .lines()
                                        .anyMatch(b.address()::equals)
                                ? r.getLong("id")
                                : 0L,
                        "select id, recipients from reply where lower(message_id) = ?"
                                + " and state in ('SENDING', 'SENT', 'UNCERTAIN', 'BOUNCED')",
                        b.messageId().toLowerCase(Locale.ROOT))
                .stream()
                .filter(id -> id > 0)
                .findFirst();
        if (reply.isEmpty()) {
            return false;
        }
        sql.update(
                "update reply set state = 'BOUNCED', problem = ?, changed = ? where id = ?",
                Sql.fit(b.address() + ": " + b.status() + " " + b.diagnostic(), 2000),
                clock.instant(),
                reply.get());
        sql.update("delete from undeliverable where address = ?", Sql.fit(b.address(), 500));
        sql.update(
                "insert into undeliverable (address, since, status, reply) values (?, ?, ?, ?)",
                Sql.fit(b.address(), 500),
                clock.instant(),
                Sql.fit(b.status(), 20),
                reply.get());
        return true;
    }

    /** One of the addresses to which mail came back lately, with the status; nothing if there is none. */
    public Optional<String> unreachable(Collection<String> addresses) {
        return database.read(c -> {
            for (String address : addresses) {
                List<String> found = new Sql(c)
                        .list(
                                r -> r.getString("address") + " (" + r.getString("status") + ")",
                                "select address, status from undeliverable where address = ? and since > ?",
                                Sql.fit(address.toLowerCase(Locale.ROOT), 500),
                                clock.instant().minus(SILENCE));
                if (!found.isEmpty()) {
                    return Optional.of(found.getFirst());
                }
            }
            return Optional.empty();
        });
    }

    /**
     * An address to which mail came back.
     *
     * @param status of its report (RFC 3463)
     */
    public record Unreachable(String address, Instant since, String status) {}

    /** Addresses to which nothing is sent for that reason, the last one first. */
    public List<Unreachable> unreachable(int most) {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Unreachable(r.getString("address"), Sql.instant(r, "since"), r.getString("status")),
                        "select address, since, status from undeliverable where since > ? order by since desc, address"
                                + " limit ?",
                        clock.instant().minus(SILENCE),
                        most));
    }
}
