// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mails as an mboxrd, as archives give threads away. */
public final class Mboxrd {
    private Mboxrd() {}

    /** These raw mails, one after the other. */
    public static byte[] of(List<byte[]> mails) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] mail : mails) {
            out.writeBytes("From mboxrd@z Thu Jan  1 00:00:00 1970\n".getBytes(StandardCharsets.US_ASCII));
            // Bytes, not characters: a mail may have several encodings.
            String raw = new String(mail, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
            String escaped = raw.replaceAll("(?m)^(>*From )", ">$1");
            out.writeBytes(escaped.getBytes(StandardCharsets.ISO_8859_1));
            out.writeBytes((raw.endsWith("\n") ? "\n" : "\n\n").getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
