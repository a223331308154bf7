// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.patchoscope.mail.Header;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailSource;

/** A mail as a person reads it: the headers that matter, an empty line, the text decoded. */
public final class MailText {
    private static final Set<String> SHOWN = Set.of(
            "from",
            "to",
            "cc",
            "subject",
            "message-id",
            "in-reply-to",
            "references",
            "auto-submitted",
            "x-patchwork-hint");

    private MailText() {}

    public static List<String> lines(byte[] raw) {
        if (raw.length == 0) {
            return List.of();
        }
        Message mail = MailSource.readMessage(raw);
        List<String> out = new ArrayList<>();
        for (Header h : mail.headers()) {
            if (SHOWN.stream().anyMatch(h::is)) {
                out.add(h.name() + ": " + h.text());
            }
        }
        out.add("");
        mail.body().lines().forEach(out::add);
        return out;
    }
}
