// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A review as it is listed; its text is read on its own.
 *
 * @param result the sentence that every form of the report starts with
 * @param findings how many
 */
public record StoredReview(
        long id, StoredSeries series, Instant made, String tool, String base, String result, int findings) {
    private static final Duration OLD = Duration.ofDays(14);

    static final String FROM = "select r.id as review_id, r.made, r.tool, r.base, r.result, r.findings, "
            + StoredSeries.COLUMNS + " from review r join series s on s.id = r.series ";

    /** Whether its series was posted long before: an archive that is read for the first time is no occasion to tell anybody. */
    public boolean isOfOldMail() {
        return series.posted().isBefore(made.minus(OLD));
    }

    static StoredReview of(ResultSet row) throws SQLException {
        return new StoredReview(
                row.getLong("review_id"),
                StoredSeries.of(row),
                Sql.instant(row, "made"),
                row.getString("tool"),
                row.getString("base"),
                row.getString("result"),
                row.getInt("findings"));
    }
}
