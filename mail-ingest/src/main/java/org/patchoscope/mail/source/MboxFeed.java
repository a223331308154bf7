// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.mbox.MboxStream;
import org.patchoscope.mail.text.Unpacker;

/**
 * An mbox file of any kind, packed or not, that may grow at its end. The position is the number of unpacked bytes read and
 * a digest of the first of them; where those are others now it is another mailbox and read from its start.
 */
final class MboxFeed implements MailFeed {
    private static final int FINGERPRINT = 4096;

    private final String name;
    private final Path file;

    MboxFeed(Path file) {
        this.name = "mbox " + file;
        this.file = file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        String[] known = position.split(" ");
        if (known.length == 2 && known[0].matches("\\d{1,18}")) {
            long offset = Long.parseLong(known[0]);
            try (InputStream in = open()) {
                if (skip(in, offset, known[1])) {
                    deliver(in, offset, known[1], sink);
                    return;
                }
            }
        }
        try (InputStream in = open()) {
            deliver(in, 0, "", sink);
        }
    }

    /** Moves to an offset; false when the mailbox is shorter or begins otherwise. */
    private static boolean skip(InputStream in, long offset, String fingerprint) throws IOException {
        byte[] start = in.readNBytes((int) Math.min(FINGERPRINT, offset));
        if (start.length < Math.min(FINGERPRINT, offset)
                || !Fingerprint.of(start).equals(fingerprint)) {
            return false;
        }
        try {
            in.skipNBytes(offset - start.length);
            return true;
        } catch (java.io.EOFException e) {
            return false;
        }
    }

    private void deliver(InputStream in, long offset, String known, Sink sink) throws IOException, MailInputException {
        in.mark(FINGERPRINT + 1);
        byte[] start = in.readNBytes(FINGERPRINT);
        in.reset();
        if (start.length > 0 && !MailSource.startsLikeMbox(start)) {
            throw new MailInputException(
                    MailInputException.Kind.NOT_MAIL,
                    offset == 0 ? "it does not start like an mbox" : "no mail begins where reading stopped",
                    file.toString(),
                    "check the file; an mbox begins with a 'From ' line");
        }
        MboxStream stream = new MboxStream(in, MailLimits.MOST_BYTES);
        String fingerprint = known;
        for (Optional<MboxStream.Raw> mail = stream.next(); mail.isPresent(); mail = stream.next()) {
            long end = offset + mail.get().end();
            if (fingerprint.isEmpty() || offset < FINGERPRINT) {
                fingerprint = fingerprint(end);
            }
            sink.accept(new Arrival(
                    mail.get().raw(),
                    Arrival.Change.ADDED,
                    Instant.EPOCH,
                    mail.get().cut(),
                    end + " " + fingerprint));
        }
    }

    private String fingerprint(long end) throws IOException {
        try (InputStream in = open()) {
            return Fingerprint.of(in.readNBytes((int) Math.min(FINGERPRINT, end)));
        }
    }

    private InputStream open() throws IOException {
        return Unpacker.unpacked(Files.newInputStream(file));
    }

    @Override
    public void close() {
        // The file is open only while it is read.
    }
}
