// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines of a byte array, which stay bytes: a patch has no character set. */
final class Bytes {

    /** One line from {@code start} (inclusive) to {@code end} (exclusive, after its line feed if it has one). */
    record Line(byte[] in, int start, int end) {

        /** The line without LF or CRLF, one char per byte, for matching ASCII shapes. */
        String text() {
            int stop = end;
            if (stop > start && in[stop - 1] == '\n') {
                stop--;
            }
            if (stop > start && in[stop - 1] == '\r') {
                stop--;
            }
            return new String(in, start, stop - start, StandardCharsets.ISO_8859_1);
        }

        boolean isBlank() {
            return text().isEmpty();
        }

        boolean startsWith(String ascii) {
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

        boolean hasCrLf() {
            return end - start >= 2 && in[end - 1] == '\n' && in[end - 2] == '\r';
        }

        boolean hasLf() {
            return end > start && in[end - 1] == '\n';
        }
    }

    private Bytes() {}

    static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new Line(bytes, start, i + 1));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(new Line(bytes, start, bytes.length));
        }
        return lines;
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
