// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.mbox.MboxStream;
import org.patchoscope.mail.text.Unpacker;

/** A stream that is read once, such as a pipe: an mbox or a single mail, packed or not. It has no position. */
final class StreamFeed implements MailFeed {
    private static final int LOOK = 8192;

    private final String name;
    private final InputStream in;

    StreamFeed(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        InputStream unpacked = Unpacker.unpacked(in);
        unpacked.mark(LOOK + 1);
        byte[] start = unpacked.readNBytes(LOOK);
        unpacked.reset();
        if (MailSource.startsLikeMbox(start)) {
            MboxStream stream = new MboxStream(unpacked, MailLimits.MOST_BYTES);
            for (Optional<MboxStream.Raw> mail = stream.next(); mail.isPresent(); mail = stream.next()) {
                sink.accept(arrival(mail.get().raw(), mail.get().cut()));
            }
        } else if (MailSource.startsLikeMail(start)) {
            byte[] raw = unpacked.readNBytes(MailLimits.MOST_BYTES);
            sink.accept(arrival(raw, unpacked.read() >= 0));
        } else {
            throw new MailInputException(
                    start.length == 0 ? MailInputException.Kind.EMPTY : MailInputException.Kind.NOT_MAIL,
                    start.length == 0 ? "there is nothing in it" : "it starts neither like an mbox nor like a mail",
                    name,
                    "give an mbox or a mail");
        }
    }

    private static Arrival arrival(byte[] raw, boolean cut) {
        return new Arrival(raw, Arrival.Change.ADDED, Instant.EPOCH, cut, "");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
