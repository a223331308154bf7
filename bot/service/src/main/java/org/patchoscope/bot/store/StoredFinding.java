// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A finding as it is listed.
 *
 * @param identity equal in all versions of a topic that have this finding
 * @param patch its number, 0 for the whole series
 * @param kind {@code changed} or {@code race-window}
 * @param fate what became of it by the end of the series: stands, undone, otherwise, unknown
 */
public record StoredFinding(
        long review, int number, String identity, int patch, String arch, String kind, String summary, String fate) {
    static final String COLUMNS = "f.review, f.number, f.identity, f.patch, f.arch, f.kind, f.summary, f.fate";

    static StoredFinding of(ResultSet row) throws SQLException {
        return new StoredFinding(
                row.getLong("review"),
                row.getInt("number"),
                row.getString("identity"),
                row.getInt("patch"),
                row.getString("arch"),
                row.getString("kind"),
                row.getString("summary"),
                row.getString("fate"));
    }
}
