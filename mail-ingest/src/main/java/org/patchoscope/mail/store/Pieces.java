// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Raw mail as deflated pieces, each small enough for a database cell. Makes them of one mail after another: the buffers of a
 * deflater cost more than a mail does.
 */
final class Pieces implements AutoCloseable {
    /** Bytes of raw mail in a piece. */
    private static final int SIZE = 512 * 1024;
    /** Within 5 % of the best level's size in half of its time, on mail. */
    private static final int LEVEL = 3;

    private final Deflater deflater = new Deflater(LEVEL);
    private final byte[] buffer = new byte[16 * 1024];

    List<byte[]> of(byte[] raw) {
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

    private byte[] deflate(byte[] raw, int start, int length) {
        deflater.reset();
        deflater.setInput(raw, start, length);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, length / 2));
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.close();
    }
}
