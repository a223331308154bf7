// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Raw mail as deflated pieces, each small enough for a database cell. */
final class Pieces {
    /** Bytes of raw mail in a piece. */
    private static final int SIZE = 512 * 1024;
    /** Nearly the ratio of the best level in half of the time, on mail. */
    private static final int LEVEL = 4;

    private Pieces() {}

    static List<byte[]> of(byte[] raw) {
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start == 0 || start < raw.length; start += SIZE) {
            pieces.add(deflate(raw, start, Math.min(SIZE, raw.length - start)));
        }
        return List.copyOf(pieces);
    }

    /** Undoes {@link #of}. */
    static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (byte[] piece : pieces) {
            try (Inflater inflater = new Inflater()) {
                inflater.setInput(piece);
                while (!inflater.finished()) {
                    int n = inflater.inflate(buffer);
                    if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                        throw new IllegalStateException("a stored mail is damaged: it ends early");
                    }
                    out.write(buffer, 0, n);
                }
            } catch (DataFormatException e) {
                throw new IllegalStateException("a stored mail is damaged", e);
            }
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] raw, int start, int length) {
        try (Deflater deflater = new Deflater(LEVEL)) {
            deflater.setInput(raw, start, length);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, length / 2));
            byte[] buffer = new byte[16 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }
}
