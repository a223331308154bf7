// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.patchoscope.mail.command.CommandReader;
import org.patchoscope.mail.command.SenderProof;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Claims;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.SeriesAssembler;

/** What holds for every mail. */
public final class MailFuzz {
    private MailFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        Message message = MailSource.readMessage(data);
        Claims.holds(message.raw() == data, "the raw mail is kept");
        Patch patch = Patch.of(message);
        boolean inPart = message.parts().stream().anyMatch(p -> contains(p.bytes(), patch.diff()));
        Claims.holds(!patch.hasDiff() || inPart, "the bytes of a diff are those of the mail");
        Assembly all = SeriesAssembler.assemble(List.of(message));
        long placed = all.series().stream().mapToLong(s -> s.messages().size()).sum()
                + all.suggestions().size()
                + all.unassembled().size();
        Claims.holds(placed == 1, "a mail is in one place: " + placed);
        if (AutomaticMail.is(message)) {
            Claims.holds(CommandReader.read(message).isEmpty(), "programs command nothing");
        }
        CommandReader.read(message).forEach(c -> Claims.holds(c.text().length() <= 500, "a command is short"));
        Claims.holds(!SenderProof.isProven(message, Set.of()), "without a server nobody is proven");
        message.lists();
        message.sender();
    }

    private static boolean contains(byte[] all, byte[] some) {
        return Collections.indexOfSubList(new ByteList(all), new ByteList(some)) >= 0;
    }

    private static final class ByteList extends java.util.AbstractList<Byte> {
        private final byte[] bytes;

        ByteList(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public Byte get(int index) {
            return bytes[index];
        }

        @Override
        public int size() {
            return bytes.length;
        }
    }
}
