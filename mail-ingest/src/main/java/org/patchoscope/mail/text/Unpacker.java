// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.text;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Takes gzip and xz off a stream, told by their first bytes and not by a name. */
public final class Unpacker {
    /** KiB that unpacking xz may take; the strongest setting that xz has a name for needs 65 MiB. */
    private static final int XZ_MEMORY = 128 * 1024;

    private static final int BUFFER = 64 * 1024;

    private Unpacker() {}

    /** The unpacked stream, or the same bytes when it is not packed. */
    public static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(8);
        byte[] start = buffered.readNBytes(6);
        buffered.reset();
        if (isGzip(start)) {
            return new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
        }
        if (isXz(start)) {
            return new BufferedInputStream(new XZInputStream(buffered, XZ_MEMORY), BUFFER);
        }
        return buffered;
    }

    /** Whether bytes begin like packed ones. */
    public static boolean isPacked(byte[] bytes) {
        return isGzip(bytes) || isXz(bytes);
    }

    private static boolean isGzip(byte[] start) {
        return start.length > 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    private static boolean isXz(byte[] start) {
        return start.length >= 6 && start[0] == (byte) 0xfd && start[1] == '7' && start[2] == 'z' && start[5] == 0;
    }
}
