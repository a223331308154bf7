// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.patchoscope.mail.text.Bytes;

/** Writes mails as an mboxrd, in the shape that public-inbox and b4 read. */
public final class MboxWriter {
    private static final byte[] SEPARATOR = Bytes.latin("From mboxrd@z Thu Jan  1 00:00:00 1970\n");

    private MboxWriter() {}

    /** Every line that begins like a separator, quoted or not, gets one more {@code >}. */
    public static void write(List<byte[]> mails, OutputStream out) throws IOException {
        for (byte[] raw : mails) {
            out.write(SEPARATOR);
            for (Bytes.Line line : Bytes.lines(raw)) {
                if (isFrom(line)) {
                    out.write('>');
                }
                out.write(raw, line.start(), line.end() - line.start());
            }
            if (raw.length > 0 && raw[raw.length - 1] != '\n') {
                out.write('\n');
            }
            out.write('\n');
        }
        out.flush();
    }

    private static boolean isFrom(Bytes.Line line) {
        int at = line.start();
        while (at < line.end() && line.in()[at] == '>') {
            at++;
        }
        return new Bytes.Line(line.in(), at, line.end()).startsWith("From ");
    }
}
