// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a series that is kept already, with fewer of its mails or with more: a version is its mails, whichever of them
 * came first and whatever has become of it.
 */
record SamePosting(Sql sql, NewSeries in) {
    /**
     * What is kept.
     *
     * @param size bytes of its mails
     */
    record Kept(long id, int parts, long size) {}

    /** The version that has one of these mails; of several, which older programs kept, the fullest. */
    Optional<Kept> kept() throws SQLException {
        Map<Long, Kept> found = new LinkedHashMap<>();
        for (StoredPatch patch : in.patches()) {
            sql.list(
                            r -> new Kept(r.getLong("id"), r.getInt("parts"), r.getLong("size")),
                            "select s.id, octet_length(s.mails) as size,"
                                    + " (select count(*) from patch x where x.series = s.id) as parts from series s"
                                    + " join patch p on p.series = s.id where lower(p.message_id) = ? and s.version = ?",
                            Sql.fit(patch.messageId().toLowerCase(java.util.Locale.ROOT), 1000),
                            in.series().version())
                    .forEach(k -> found.put(k.id(), k));
        }
        return found.values().stream().max(Comparator.comparingInt(Kept::parts).thenComparingLong(Kept::id));
    }

    /** Whether more has come now: more parts, or the same of which one was cut off before. */
    boolean isMoreThan(Kept kept) {
        int parts = in.patches().size();
        return parts > kept.parts() || (parts == kept.parts() && in.mbox().length > kept.size());
    }
}
