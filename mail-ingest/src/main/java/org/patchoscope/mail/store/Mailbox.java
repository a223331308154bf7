// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailSource;

/** Stored mails by number, read again when needed; the ones used last are kept in memory up to a number of bytes. */
final class Mailbox {
    /** Bytes of raw mail; a read mail takes about four times its raw size. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Session session;
    private final LinkedHashMap<Long, Message> recent = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    Mailbox(Session session) {
        this.session = session;
    }

    /** Remembers a mail that is at hand anyway. */
    void keep(long id, Message message) {
        if (message.raw().length < MOST_BYTES / 4 && recent.put(id, message) == null) {
            bytes += message.raw().length;
            var oldest = recent.entrySet().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().getValue().raw().length;
                oldest.remove();
            }
        }
    }

    /** Forgets everything, after a transaction that did not happen. */
    void clear() {
        recent.clear();
        bytes = 0;
    }

    Map<Long, Message> read(Collection<Long> ids) throws SQLException {
        Map<Long, Message> found = new HashMap<>();
        List<Long> absent = new ArrayList<>();
        for (long id : ids) {
            Message message = recent.get(id);
            if (message == null) {
                absent.add(id);
            } else {
                found.put(id, message);
            }
        }
        raw(absent).forEach((id, raw) -> {
            Message message = MailSource.readMessage(raw);
            found.put(id, message);
            keep(id, message);
        });
        return found;
    }

    /** The raw mails as they were stored. */
    Map<Long, byte[]> raw(Collection<Long> ids) throws SQLException {
        Map<Long, List<byte[]>> pieces = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            session.query(
                    "select mail, data from content where mail = any(?) order by mail, piece",
                    r -> pieces.computeIfAbsent(r.getLong(1), k -> new ArrayList<>())
                            .add(r.getBytes(2)),
                    ids);
        }
        Map<Long, byte[]> raw = new LinkedHashMap<>();
        pieces.forEach((id, list) -> raw.put(id, Pieces.join(list)));
        return raw;
    }
}
