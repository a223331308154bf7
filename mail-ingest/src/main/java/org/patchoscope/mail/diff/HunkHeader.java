// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchoscope.mail.text.Bytes;

/**
 * The {@code @@ -1,3 +1,4 @@} line of a hunk. What follows the second {@code @@} is a heading of any bytes.
 *
 * @param oldStart first line before, 0 when there is none
 * @param newStart first line after, 0 when there is none
 */
public record HunkHeader(int oldStart, int oldCount, int newStart, int newCount) {
    // A heading may hold the bytes that Java takes for line ends, such as 0x85 within a letter of UTF-8.
    private static final Pattern SOUND =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);
    private static final Pattern REMAINS = Pattern.compile("@{1,2} ?[-+] ?\\d.*|@@ -.*", Pattern.DOTALL);

    /** The header that a line is. */
    static Optional<HunkHeader> of(Bytes.Line line) {
        if (!line.startsWith("@@ -")) {
            return Optional.empty();
        }
        Matcher m = SOUND.matcher(line.text());
        return m.matches()
                ? Optional.of(new HunkHeader(
                        Integer.parseInt(m.group(1)),
                        count(m.group(2)),
                        Integer.parseInt(m.group(3)),
                        count(m.group(4))))
                : Optional.empty();
    }

    /** Whether a line was a header before something damaged it. */
    static boolean wasOne(Bytes.Line line) {
        return line.startsWith("@") && REMAINS.matcher(line.text()).matches();
    }

    private static int count(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }
}
