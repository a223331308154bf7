// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.patchoscope.mail.text.Bytes;

/** Reads the mails of an {@link Mbox} one after the other, however long it is. */
public final class MboxStream {
    /**
     * One mail.
     *
     * @param raw without separator and escapes
     * @param cut true when it was larger than the limit and its end was left out
     * @param end bytes of the stream up to the next separator
     */
    public record Raw(byte[] raw, boolean cut, long end) {}

    /** A longer line is read in pieces, the first of which is looked at. */
    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;
    private final int mostBytes;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private long consumed;
    private boolean started;
    private Mbox.Kind kind = Mbox.Kind.OTHER;

    /**
     * @param in buffered; begins with a separator
     * @param mostBytes of a mail that are kept
     */
    public MboxStream(InputStream in, int mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /** The next mail, or nothing at the end. */
    public Optional<Raw> next() throws IOException {
        if (!started) {
            started = true;
            if (!readPiece()) {
                return Optional.empty();
            }
            kind = Mbox.kind(whole());
        } else if (length == 0) {
            return Optional.empty();
        }
        return Optional.of(mail());
    }

    /** Reads to the next separator, which is then in the line buffer, or to the end, which leaves that empty. */
    private Raw mail() throws IOException {
        Body body = new Body();
        boolean blank = false;
        boolean lineStart = true;
        long end = consumed;
        while (readPiece()) {
            Bytes.Line piece = whole();
            if (blank && lineStart && Mbox.isSeparator(piece, kind)) {
                return body.raw(end);
            }
            if (lineStart && piece.isBlank()) {
                body.blank(piece);
                blank = true;
            } else {
                int start = lineStart && Mbox.isEscaped(piece, kind) ? 1 : 0;
                body.write(line, start, length - start);
                blank = false;
            }
            lineStart = piece.hasLf();
            end = consumed;
        }
        length = 0;
        return body.raw(consumed);
    }

    private boolean readPiece() throws IOException {
        length = 0;
        while (length < LONGEST_LINE) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            line[length++] = (byte) c;
            if (c == '\n') {
                break;
            }
        }
        consumed += length;
        return length > 0;
    }

    private Bytes.Line whole() {
        return new Bytes.Line(line, 0, length);
    }

    /** The mail so far. Every mbox ends each mail with an empty line that is not the mail's: the last one waits. */
    private final class Body {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private byte[] waiting = new byte[0];
        private boolean cut;

        void blank(Bytes.Line piece) {
            write(waiting, 0, waiting.length);
            waiting = java.util.Arrays.copyOf(piece.in(), piece.end());
        }

        void write(byte[] bytes, int start, int count) {
            if (waiting.length > 0 && bytes != waiting) {
                byte[] held = waiting;
                waiting = new byte[0];
                write(held, 0, held.length);
            }
            int room = Math.min(count, mostBytes - out.size());
            cut |= room < count;
            out.write(bytes, start, room);
        }

        Raw raw(long end) {
            return new Raw(out.toByteArray(), cut, end);
        }
    }
}
