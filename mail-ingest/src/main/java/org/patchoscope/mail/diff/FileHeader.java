// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchoscope.mail.text.Bytes;

/**
 * The lines before the first hunk of a file.
 *
 * @param end the line after the header
 * @param named whether it has lines {@code ---} and {@code +++}, which promise a hunk
 * @param says whether it changes something by itself: a name, a mode, an empty file
 * @param wrong why no hunk below it can be taken, or empty
 */
record FileHeader(int end, boolean named, boolean says, Optional<String> wrong) {
    // Names are bytes; some of them are line ends to Java and to nobody else.
    private static final Pattern EXTENDED = Pattern.compile(
            "(?:old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|rename old"
                    + "|rename new|similarity index|dissimilarity index|index) .*",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[^ \\t]*[/.][^ \\t]*(?:[ \\t].*)?", Pattern.DOTALL);
    /** Lines from "Index:" or "diff -u" to the names of the file. */
    private static final int PREAMBLE = 3;

    /** The header that begins with the {@code diff --git} line at {@code start}. */
    static FileHeader git(List<Bytes.Line> lines, int start) {
        int at = start + 1;
        int names = 0;
        boolean says = false;
        while (at < lines.size()) {
            Bytes.Line line = lines.get(at);
            boolean name = line.startsWith("--- ") || line.startsWith("+++ ");
            if (!name && !EXTENDED.matcher(line.text()).matches()) {
                break;
            }
            names += name ? 1 : 0;
            says |= !name && !line.startsWith("index ") && !line.text().contains("similarity ");
            at++;
        }
        Optional<String> wrong = Optional.empty();
        if (names == 1) {
            wrong = Optional.of("one of the lines with the file's names is missing");
        } else if (at == start + 1) {
            wrong = Optional.of("nothing of a header follows \"diff --git\"");
        }
        return new FileHeader(at, names > 0, says, wrong);
    }

    /**
     * The names of a file without {@code diff --git}, with the lines "Index: x", "=====" and "diff -urN a b" that may stand above
     * them. Names with a line too many between them or below are those of a damaged diff, and not text.
     */
    static Optional<FileHeader> traditional(List<Bytes.Line> lines, int start) {
        int at = start;
        for (int i = 0; i < PREAMBLE && at < lines.size() && !lines.get(at).startsWith("--- "); i++) {
            at++;
        }
        if (at + 1 >= lines.size() || !lines.get(at).startsWith("--- ")) {
            return Optional.empty();
        }
        Bytes.Line next = lines.get(at + 1);
        if (next.startsWith("+++ ")) {
            boolean hunk = at + 2 < lines.size() && lines.get(at + 2).startsWith("@@ -");
            return hunk || (isName(lines.get(at)) && isName(next) && hunkRemains(lines, at + 2))
                    ? Optional.of(new FileHeader(at + 2, true, false, Optional.empty()))
                    : Optional.empty();
        }
        // "---" and a name, and a hunk soon: "+++" was lost, or does not follow at once.
        return isName(lines.get(at)) && (next.isBlank() || HunkHeader.wasOne(next)) && hunkNear(lines, at + 1)
                ? Optional.of(new FileHeader(
                        at + 1, true, false, Optional.of("no line \"+++\" with the file's name follows \"---\"")))
                : Optional.empty();
    }

    private static boolean isName(Bytes.Line line) {
        return NAME.matcher(line.text().substring(4)).matches();
    }

    /** Whether what follows the names is a hunk, or was one before its header got lost. */
    private static boolean hunkRemains(List<Bytes.Line> lines, int from) {
        Bytes.Line line = lines.get(Math.min(from, lines.size() - 1));
        return line.startsWith(" ") || line.startsWith("+") || line.startsWith("-") || hunkNear(lines, from);
    }

    private static boolean hunkNear(List<Bytes.Line> lines, int from) {
        for (int i = from; i < Math.min(from + PREAMBLE, lines.size()); i++) {
            if (HunkHeader.wasOne(lines.get(i))) {
                return true;
            }
        }
        return false;
    }
}
