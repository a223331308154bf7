// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.List;
import java.util.Optional;
import org.patchoscope.mail.text.Bytes;

/**
 * The lines that a hunk header counts.
 *
 * @param end the line after the last
 * @param wrong why the hunk is none, or empty
 * @param at the line at which that shows
 */
record HunkBody(int end, Optional<String> wrong, int at) {
    /** Bytes of the shortest translation of "\ No newline at end of file". */
    private static final int NO_NEWLINE = 12;

    /** Reads the lines below a header. */
    static HunkBody read(List<Bytes.Line> lines, int header, HunkHeader counts) {
        int before = counts.oldCount();
        int after = counts.newCount();
        boolean changes = false;
        int at = header + 1;
        while (at < lines.size() && (before > 0 || after > 0)) {
            Bytes.Line line = lines.get(at);
            switch (mark(line)) {
                case '-' -> before--;
                case '+' -> after--;
                case ' ' -> {
                    before--;
                    after--;
                }
                case '\\' -> {}
                default -> {
                    return new HunkBody(at, Optional.of("the hunk has fewer lines than its header counts"), at);
                }
            }
            changes |= line.startsWith("-") || line.startsWith("+");
            at++;
        }
        if (at < lines.size() && mark(lines.get(at)) == '\\') {
            at++;
        }
        if (before > 0 || after > 0) {
            return new HunkBody(at, Optional.of("the hunk ends before the lines its header counts"), at - 1);
        }
        boolean sound = before == 0 && after == 0 && changes;
        return new HunkBody(
                at,
                sound ? Optional.empty() : Optional.of("the hunk does not have the lines its header counts"),
                header);
    }

    private static char mark(Bytes.Line line) {
        char c = line.end() == line.start() ? 0 : (char) line.in()[line.start()];
        return switch (c) {
            // Mail programs strip the one blank of an empty context line; git apply takes it as one, too.
            case '\n' -> ' ';
            case '\\' -> line.startsWith("\\ ") && line.end() - line.start() >= NO_NEWLINE ? c : 0;
            default -> c;
        };
    }
}
