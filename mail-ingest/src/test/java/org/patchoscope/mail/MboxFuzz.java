// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.mbox.MboxStream;
import org.patchoscope.mail.series.Claims;

/** What holds for every file that is read as an mbox. */
public final class MboxFuzz {
    private MboxFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        MboxStream stream = new MboxStream(new ByteArrayInputStream(data), 1 << 20);
        long end = 0;
        for (var raw = stream.next(); raw.isPresent(); raw = stream.next()) {
            Claims.holds(raw.get().end() > end, "every mail takes some bytes");
            Claims.holds(
                    raw.get().raw().length <= raw.get().end() - end, "no mail is larger than its part of the file");
            end = raw.get().end();
        }
        Claims.holds(end == data.length, "no byte is left over: " + end + " of " + data.length);
        try {
            MailSource.read(new ByteArrayInputStream(data), "fuzz");
        } catch (MailInputException e) {
            Claims.holds(!e.advice().isEmpty(), "an error has advice");
        }
    }
}
