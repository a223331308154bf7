// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** How far stores of mail were followed, and when each of their sources last had a mail. */
public final class MailSources {
    private final Database database;

    public MailSources(Database database) {
        this.database = database;
    }

    /**
     * A source of mail.
     *
     * @param name as the store of mail calls it
     * @param mails that came from it
     * @param last when the newest of them came to the source
     * @param looked when the store was last looked at
     */
    public record Source(String name, long mails, Instant last, Instant looked) {}

    /** The newest change that was taken from a store; the beginning of time when none was. */
    public Instant followed(String store) {
        return database.read(c -> new Sql(c)
                        .list(
                                r -> Sql.instant(r, "changed"),
                                "select changed from mail_cursor where store = ?",
                                name(store))
                        .stream()
                        .findFirst()
                        .orElse(Instant.EPOCH));
    }

    /** Keeps how far a store was followed. It never goes back. */
    public void followed(String store, Instant changed) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            if (sql.update(
                            "update mail_cursor set changed = greatest(changed, ?) where store = ?",
                            changed,
                            name(store))
                    == 0) {
                sql.update("insert into mail_cursor (store, changed) values (?, ?)", name(store), changed);
            }
            return true;
        });
    }

    /** Keeps what a store says of its sources. */
    public void keep(String store, List<Source> sources) {
        database.transact(c -> {
            Sql sql = new Sql(c);
            for (Source s : sources) {
                keep(sql, name(store), s);
            }
            return true;
        });
    }

    private static void keep(Sql sql, String store, Source s) throws SQLException {
        String name = Sql.fit(s.name(), 1000);
        int rows = sql.update(
                "update mail_source set mails = ?, last_mail = ?, looked = ? where store = ? and source = ?",
                s.mails(),
                s.last(),
                s.looked(),
                store,
                name);
        if (rows == 0) {
            sql.update(
                    "insert into mail_source (store, source, mails, last_mail, looked) values (?, ?, ?, ?, ?)",
                    store,
                    name,
                    s.mails(),
                    s.last(),
                    s.looked());
        }
    }

    /** All sources, the one with the newest mail first. */
    public List<Source> all() {
        return database.read(c -> new Sql(c)
                .list(
                        r -> new Source(
                                r.getString("source"),
                                r.getLong("mails"),
                                Sql.instant(r, "last_mail"),
                                Sql.instant(r, "looked")),
                        "select source, mails, last_mail, looked from mail_source order by last_mail desc, source"));
    }

    private static String name(String store) {
        return Sql.fit(store, 1000);
    }
}
