// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.mail.text.Bytes;

/**
 * Finds the diff in a text: from its first header line to the end of its last hunk. Hunks are measured by the counts in
 * their {@code @@} line, so neither a mail signature nor a comment below is taken for patch.
 */
public final class DiffScanner {

    /** Where the diff is: line numbers, end exclusive; damaged when a hunk is cut short. */
    public record Found(int firstLine, int start, int end, boolean damaged) {}

    private static final Pattern HUNK = Pattern.compile("^@@ -\\d+(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@.*");
    private static final Pattern EXTENDED = Pattern.compile(
            "^(?:old mode|new mode|deleted file mode|new file mode|copy from"
                    + "|copy to|rename from|rename to|rename old|rename new|similarity index|dissimilarity index|index) .*");

    private static final Pattern BINARY = Pattern.compile("(?:literal|delta) \\d+");
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z].{5,}");

    private final List<Bytes.Line> lines;
    private int at;
    private int end;
    private boolean damaged;

    private DiffScanner(List<Bytes.Line> lines) {
        this.lines = lines;
    }

    public static Optional<Found> find(byte[] bytes) {
        return new DiffScanner(Bytes.lines(bytes)).scan();
    }

    /** The line after the hunk whose {@code @@} line is at {@code at}. */
    static int skipHunk(List<Bytes.Line> lines, int at) {
        DiffScanner scanner = new DiffScanner(lines);
        scanner.at = at;
        scanner.hunks();
        return Math.max(scanner.at, at + 1);
    }

    private Optional<Found> scan() {
        int first = -1;
        while (at < lines.size()) {
            int start = at;
            if (file()) {
                first = first < 0 ? start : first;
                end = at;
            } else {
                at = start + 1;
            }
        }
        return first < 0
                ? Optional.empty()
                : Optional.of(new Found(
                        first, lines.get(first).start(), lines.get(end - 1).end(), damaged));
    }

    /** Reads one file's diff at the current line; false when there is none. */
    private boolean file() {
        Bytes.Line line = lines.get(at);
        if (line.startsWith("diff --git ")) {
            at++;
            extendedHeaders();
            return true;
        }
        if (line.startsWith("Index: ") || line.startsWith("diff -")) {
            return preamble();
        }
        return startsTraditional() && traditional();
    }

    private void extendedHeaders() {
        while (at < lines.size() && EXTENDED.matcher(lines.get(at).text()).matches()) {
            at++;
        }
        if (at >= lines.size()) {
            return;
        }
        Bytes.Line line = lines.get(at);
        if (line.startsWith("GIT binary patch")) {
            at++;
            binary();
        } else if (line.startsWith("Binary files ")) {
            at++;
        } else if (startsTraditional() && !traditional()) {
            // Names of a file and a hunk that cannot be read: without this it would pass for a diff that changes
            // nothing.
            damaged = true;
            at++;
        }
    }

    /** "Index: x", "=====" and "diff -urN a b" belong to the file whose "---" line follows within three lines. */
    private boolean preamble() {
        for (int i = 0; i < 3 && at < lines.size(); i++) {
            at++;
            if (startsTraditional()) {
                return traditional();
            }
        }
        return false;
    }

    private boolean startsTraditional() {
        return at + 2 < lines.size()
                && lines.get(at).startsWith("--- ")
                && lines.get(at + 1).startsWith("+++ ")
                && lines.get(at + 2).startsWith("@@ -");
    }

    private boolean traditional() {
        at += 2;
        return hunks();
    }

    private boolean hunks() {
        boolean any = false;
        while (at < lines.size()) {
            Matcher hunk = HUNK.matcher(lines.get(at).text());
            if (!hunk.matches()) {
                break;
            }
            any = true;
            at++;
            hunk(count(hunk.group(1)), count(hunk.group(2)));
        }
        return any;
    }

    private static int count(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return 1;
        }
        return text.length() > 7 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private void hunk(int oldCount, int newCount) {
        int before = oldCount;
        int after = newCount;
        while (at < lines.size() && (before > 0 || after > 0)) {
            char c = mark(lines.get(at));
            if (c == '-') {
                before--;
            } else if (c == '+') {
                after--;
            } else if (c == ' ') {
                before--;
                after--;
            } else if (c != '\\') {
                break;
            }
            at++;
        }
        damaged |= before != 0 || after != 0;
        if (at < lines.size() && lines.get(at).startsWith("\\ ")) {
            at++;
        }
    }

    private static char mark(Bytes.Line line) {
        // Mail programs strip the one blank of an empty context line; git apply takes it as one, too.
        return line.isBlank() ? ' ' : (char) line.in()[line.start()];
    }

    /** "literal 12" or "delta 12", encoded lines, an empty line; once or twice (forward and reverse). */
    private void binary() {
        for (int block = 0; block < 2; block++) {
            if (at >= lines.size() || !BINARY.matcher(lines.get(at).text()).matches()) {
                damaged |= block == 0;
                return;
            }
            at++;
            while (at < lines.size() && ENCODED.matcher(lines.get(at).text()).matches()) {
                at++;
            }
            if (at < lines.size() && lines.get(at).isBlank()) {
                at++;
            }
        }
    }
}
