// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.command.SenderProof;
import org.patchoscope.mail.command.WrittenCommand;
import org.patchoscope.mail.source.Arrival;

/** Queues the commands of new mails. */
final class CommandRows {
    private final Session session;

    CommandRows(Session session) {
        this.session = session;
    }

    void queue(List<PreparedMail> mails, Instant now) throws SQLException {
        Map<String, Object[]> rows = new LinkedHashMap<>();
        for (PreparedMail mail : mails) {
            if (mail.arrival().change() == Arrival.Change.ADDED) {
                for (WrittenCommand command : mail.commands()) {
                    String key = key(mail.message(), command);
                    rows.putIfAbsent(key, row(mail, command, key, now));
                }
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<String> known = session.query(
                "select command_key from mail_command where command_key = any(?)", r -> r.getString(1), rows.keySet());
        known.forEach(rows::remove);
        long next = session.number("select max(id) from mail_command") + 1;
        List<Object[]> added = new ArrayList<>();
        for (Object[] row : rows.values()) {
            row[0] = next++;
            added.add(row);
        }
        session.batch(
                "insert into mail_command (id, command_key, id_key, message_id, sender, position, text, written, queued,"
                        + " state, reason, answer, decided) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                added);
    }

    private static Object[] row(PreparedMail mail, WrittenCommand command, String key, Instant now) {
        Message message = mail.message();
        Instant arrived = mail.arrival().arrived();
        // An mbox does not say when a mail came to it; then its Date has to do.
        Instant latest = arrived.equals(Instant.EPOCH) ? now : arrived;
        long written = Math.min(message.date().getEpochSecond(), latest.getEpochSecond());
        return new Object[] {
            0L,
            key,
            mail.key(),
            message.id().value(),
            sender(message),
            command.position(),
            command.text(),
            written,
            now.getEpochSecond(),
            CommandQueue.State.WAITING.name(),
            "",
            "",
            0L
        };
    }

    private static String sender(Message message) {
        return SenderProof.sender(message).orElse("");
    }

    /** Equal for the copies of a mail. Another mail under its id, from another sender, cannot take its place. */
    static String key(Message message, WrittenCommand command) {
        String text = String.join(
                "\n", message.id().key(), sender(message), String.valueOf(command.position()), command.text());
        return StoredText.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
