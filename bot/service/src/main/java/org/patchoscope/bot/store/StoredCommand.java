// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A command that came by mail.
 *
 * @param key names it for ever, in the store of mail as well
 * @param messageId of its mail, without brackets
 * @param refers ids that its mail answers
 * @param sender mailbox as written
 * @param address of the sender, in lower case; empty if the mail has no one sender
 * @param position the how manieth of its mail, from 0
 * @param text what follows {@code patchoscope:}
 * @param written when, at the latest
 * @param taken when the service got it
 * @param ground by what right it is carried out, or why it is not: a constant of {@code mail.command.Decision}
 * @param root first mail of the series it is about, or empty
 * @param series the number of that series here, 0 while it is not known here
 * @param answer what is said of it, empty while it waits
 */
public record StoredCommand(
        long id,
        String key,
        String messageId,
        String subject,
        List<String> refers,
        String sender,
        String address,
        int position,
        String text,
        Instant written,
        Instant taken,
        String ground,
        String root,
        long series,
        State state,
        String answer,
        Instant ended) {
    static final String COLUMNS =
            "c.id, c.command_key, c.message_id, c.subject, c.refers, c.sender, c.address, c.position,"
                    + " c.text, c.written, c.taken, c.ground, c.root, c.series, c.state, c.answer, c.ended";

    /** Makes a command. */
    public StoredCommand {
        refers = List.copyOf(refers);
    }

    /** Where a command is. */
    public enum State {
        /** Allowed, and not carried out yet. */
        WAITING("waits"),
        DONE("done"),
        /** It was allowed and makes no sense here: no such finding, assumption or series. */
        FAILED("not done"),
        /** Not allowed, or not understood. */
        REFUSED("refused");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As pages say it. */
        public String text() {
            return text;
        }
    }

    static StoredCommand of(ResultSet row) throws SQLException {
        return new StoredCommand(
                row.getLong("id"),
                row.getString("command_key"),
                row.getString("message_id"),
                row.getString("subject"),
                row.getString("refers").lines().toList(),
                row.getString("sender"),
                row.getString("address"),
                row.getInt("position"),
                row.getString("text"),
                Sql.instant(row, "written"),
                Sql.instant(row, "taken"),
                row.getString("ground"),
                row.getString("root"),
                row.getLong("series"),
                State.valueOf(row.getString("state")),
                row.getString("answer"),
                Sql.instant(row, "ended"));
    }
}
