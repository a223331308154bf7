// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A check for Patchwork.
 *
 * @param messageId of the patch, without brackets
 * @param list that the patch was posted to; only its project gets the check
 * @param result success, warning or fail
 * @param url the page that says more
 * @param problem what went wrong the last time, or empty
 */
public record StoredCheck(
        long id,
        long review,
        String messageId,
        String list,
        String result,
        String description,
        String url,
        State state,
        int attempts,
        Instant changed,
        String problem) {
    static final String COLUMNS =
            "id, review, message_id, list, result, description, url, state, attempts, changed, problem";

    /** Where a check is. */
    public enum State {
        QUEUED("waits to be posted"),
        SENDING("being posted"),
        POSTED("posted"),
        /** Patchwork has no such patch, and was asked for days. */
        UNKNOWN("of a patch that Patchwork does not know"),
        REFUSED("refused by Patchwork");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As pages say it. */
        public String text() {
            return text;
        }
    }

    static StoredCheck of(ResultSet row) throws SQLException {
        return new StoredCheck(
                row.getLong("id"),
                row.getLong("review"),
                row.getString("message_id"),
                row.getString("list"),
                row.getString("result"),
                row.getString("description"),
                row.getString("url"),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Sql.instant(row, "changed"),
                row.getString("problem"));
    }
}
