// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.patchoscope.bot.store.Sql;

/**
 * What was decided about a review, or about the commands of a mail.
 *
 * @param review its number, 0 where commands are answered
 * @param reasons for it, as sentences
 * @param recipients addresses, empty for silence
 * @param notBefore when it may be sent
 * @param problem what went wrong, or empty
 */
public record Reply(
        long id,
        long review,
        long series,
        String list,
        ReplyState state,
        List<String> reasons,
        List<String> recipients,
        String messageId,
        Instant notBefore,
        Instant changed,
        int attempts,
        String problem) {
    static final String COLUMNS =
            "id, review, series, list, state, reasons, recipients, message_id, not_before, changed,"
                    + " attempts, problem";

    /** Makes a reply. */
    public Reply {
        reasons = List.copyOf(reasons);
        recipients = List.copyOf(recipients);
    }

    static Reply of(ResultSet row) throws SQLException {
        return new Reply(
                row.getLong("id"),
                row.getLong("review"),
                row.getLong("series"),
                row.getString("list"),
                ReplyState.valueOf(row.getString("state")),
                row.getString("reasons").lines().toList(),
                row.getString("recipients").lines().toList(),
                row.getString("message_id"),
                Sql.instant(row, "not_before"),
                Sql.instant(row, "changed"),
                row.getInt("attempts"),
                row.getString("problem"));
    }
}
