// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.source.Arrival;
import org.patchoscope.mail.source.MailFeed;

/** The mails of another source under new ids, to make a large archive of a small one. */
final class RenamedFeed implements MailFeed {
    private final MailFeed original;
    private final String mark;

    RenamedFeed(MailFeed original, int copy) {
        this.original = original;
        mark = ".copy" + copy;
    }

    @Override
    public String name() {
        return original.name() + mark;
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        original.read(
                position,
                a -> sink.accept(new Arrival(renamed(a.raw()), a.change(), a.arrived(), a.cut(), a.position())));
    }

    /** Puts the mark before the at-sign of ids, and of senders: the same work by the same people would be one topic. */
    private byte[] renamed(byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 200);
        boolean ids = false;
        int start = 0;
        while (start < raw.length && raw[start] != '\n') {
            int end = start;
            while (end < raw.length && raw[end] != '\n') {
                end++;
            }
            String line = new String(raw, start, end - start, StandardCharsets.ISO_8859_1);
            if (!line.startsWith(" ") && !line.startsWith("\t")) {
                ids = line.toLowerCase(Locale.ROOT).matches("(?:message-id|in-reply-to|references|from):.*");
            }
            out.writeBytes((ids ? line.replace("@", mark + "@") : line).getBytes(StandardCharsets.ISO_8859_1));
            out.write('\n');
            start = Math.min(raw.length, end + 1);
        }
        out.write(raw, start, raw.length - start);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        original.close();
    }
}
