// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A version of a series as the store has it.
 *
 * @param list it was posted to, or empty
 * @param source how it came: {@code demo}, {@code submit}, {@code mail}
 * @param root message id of the cover letter, else of the first patch
 * @param detail to {@code reason}: which file and hunk, which part
 * @param attempts begun so far
 * @param changed when {@code state} became what it is
 * @param base a revision that it is to be reviewed on, or empty to look for one
 */
public record StoredSeries(
        long id,
        long topic,
        int version,
        String title,
        String author,
        String list,
        String source,
        String root,
        Instant posted,
        Instant received,
        SeriesState state,
        Reason reason,
        String detail,
        int attempts,
        Instant changed,
        String base) {
    /** The source of the series that comes along. */
    public static final String DEMO = "demo";

    /** The source of what came through a store of mail. */
    public static final String MAIL = "mail";

    static final String COLUMNS = "s.id, s.topic, s.version, s.title, s.author, s.list, s.source, s.root, s.posted,"
            + " s.received, s.state, s.reason, s.detail, s.attempts, s.changed, s.base as wanted_base";

    static StoredSeries of(ResultSet row) throws SQLException {
        return new StoredSeries(
                row.getLong("id"),
                row.getLong("topic"),
                row.getInt("version"),
                row.getString("title"),
                row.getString("author"),
                row.getString("list"),
                row.getString("source"),
                row.getString("root"),
                Sql.instant(row, "posted"),
                Sql.instant(row, "received"),
                SeriesState.valueOf(row.getString("state")),
                Reason.valueOf(row.getString("reason")),
                row.getString("detail"),
                row.getInt("attempts"),
                Sql.instant(row, "changed"),
                row.getString("wanted_base"));
    }
}
