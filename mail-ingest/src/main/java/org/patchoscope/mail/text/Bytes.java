// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.text;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Lines of a byte array, which stay bytes: a patch has no character set. */
public final class Bytes {

    /** One line from {@code start} (inclusive) to {@code end} (exclusive, after its line feed if it has one). */
    public record Line(byte[] in, int start, int end) {

        /** The line without LF or CRLF, one char per byte, for matching ASCII shapes. */
        public String text() {
            int stop = end;
            if (stop > start && in[stop - 1] == '\n') {
                stop--;
            }
            if (stop > start && in[stop - 1] == '\r') {
                stop--;
            }
            return new String(in, start, stop - start, StandardCharsets.ISO_8859_1);
        }

        public boolean isBlank() {
            return end - start == 0
                    || (end - start == 1 && (in[start] == '\n' || in[start] == '\r'))
                    || (end - start == 2 && hasCrLf());
        }

        public boolean startsWith(String ascii) {
            return Bytes.startsWith(in, start, end, ascii);
        }

        public boolean hasCrLf() {
            return end - start >= 2 && in[end - 1] == '\n' && in[end - 2] == '\r';
        }

        public boolean hasLf() {
            return end > start && in[end - 1] == '\n';
        }
    }

    private Bytes() {}

    public static boolean contains(byte[] bytes, char ascii) {
        for (byte b : bytes) {
            if (b == ascii) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line begins so; nearly none does, and nothing is made of the lines to find out. */
    public static boolean hasLine(byte[] bytes, String ascii) {
        int start = 0;
        while (!startsWith(bytes, start, bytes.length, ascii)) {
            while (start < bytes.length && bytes[start] != '\n') {
                start++;
            }
            if (++start >= bytes.length) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] in, int start, int end, String ascii) {
        if (end - start < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (in[start + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The lines; each is made when asked for, because a hostile mail has millions. */
    public static List<Line> lines(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                count++;
            }
        }
        boolean open = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        int[] ends = new int[count + (open ? 1 : 0)];
        int at = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                ends[at++] = i + 1;
            }
        }
        if (open) {
            ends[at] = bytes.length;
        }
        return new Lines(bytes, ends);
    }

    private static final class Lines extends AbstractList<Line> implements RandomAccess {
        private final byte[] bytes;
        private final int[] ends;

        Lines(byte[] bytes, int[] ends) {
            this.bytes = bytes;
            this.ends = ends;
        }

        @Override
        public Line get(int index) {
            return new Line(bytes, index == 0 ? 0 : ends[index - 1], ends[index]);
        }

        @Override
        public int size() {
            return ends.length;
        }
    }

    public static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
