// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchoscope.mail.text.Bytes;

/**
 * The data of a "GIT binary patch": {@code literal 12} or {@code delta 12}, encoded lines, an empty line; once or twice
 * (forward and reverse).
 *
 * @param end the line after the last
 * @param wrong why it cannot be decoded, or empty
 * @param at the line at which that shows
 */
record BinaryData(int end, Optional<String> wrong, int at) {
    private static final Pattern BLOCK = Pattern.compile("(?:literal|delta) \\d{1,10}");

    static BinaryData read(List<Bytes.Line> lines, int start) {
        int at = start;
        for (int block = 0; block < 2; block++) {
            if (at >= lines.size() || !BLOCK.matcher(lines.get(at).text()).matches()) {
                Optional<String> wrong = block == 0 ? Optional.of("no data follows") : Optional.empty();
                return new BinaryData(at, wrong, Math.min(at, lines.size() - 1));
            }
            at++;
            while (at < lines.size() && isEncoded(lines.get(at))) {
                at++;
            }
            if (at < lines.size() && !lines.get(at).isBlank()) {
                return new BinaryData(at, Optional.of("damaged binary data"), at);
            }
            at = Math.min(at + 1, lines.size());
        }
        return new BinaryData(at, Optional.empty(), start);
    }

    /** A letter that says how many bytes a line has, and five characters for every four bytes. */
    private static boolean isEncoded(Bytes.Line line) {
        int length = line.end() - line.start() - (line.hasLf() ? 1 : 0);
        if (length < 6 || (length - 1) % 5 != 0) {
            return false;
        }
        char c = (char) line.in()[line.start()];
        int bytes = c >= 'A' && c <= 'Z' ? c - 'A' + 1 : c >= 'a' && c <= 'z' ? c - 'a' + 27 : 0;
        int most = (length - 1) / 5 * 4;
        return bytes > most - 4 && bytes <= most;
    }
}
