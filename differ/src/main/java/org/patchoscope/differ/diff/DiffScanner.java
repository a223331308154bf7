// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a diff into the parts of its files, counting hunk lines exactly. A parser that reads hunks
 * up to the next foreign character would take the "--- a/next" of a quilt-style diff for a removed
 * line and give the next file's hunks to this one.
 */
public final class DiffScanner {
    private static final Pattern HUNK =
            Pattern.compile("^@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

    private final byte[] diff;
    private final int[] starts;
    private final List<Part> parts = new ArrayList<>();
    private List<DiffHunk> hunks = new ArrayList<>();
    private int line;
    private int open = -1;
    private int end;
    private boolean gitHeader;

    /** The diff is not well formed; the message says where. */
    public static final class MalformedDiffException extends Exception {
        public MalformedDiffException(String message) {
            super(message);
        }
    }

    /** One file's part of the diff: header and body bytes, and its hunks. */
    public record Part(byte[] bytes, boolean gitHeader, List<DiffHunk> hunks) {
        public Part {
            hunks = List.copyOf(hunks);
        }
    }

    private DiffScanner(byte[] diff) {
        this.diff = diff;
        this.starts = lineStarts(diff);
    }

    /** The parts in order; none when there is no diff in the text. */
    public static List<Part> scan(byte[] text) throws MalformedDiffException {
        byte[] diff = text;
        if (text.length > 0 && text[text.length - 1] != '\n') {
            diff = Arrays.copyOf(text, text.length + 1);
            diff[text.length] = '\n';
        }
        return new DiffScanner(diff).run();
    }

    private List<Part> run() throws MalformedDiffException {
        while (line < starts.length - 1) {
            if (startsWith(line, "diff --")) {
                begin(true);
            } else if (startsTraditional()) {
                begin(false);
                line++;
            } else if (open >= 0 && startsWith(line, "@@ -")) {
                hunks.add(hunk());
                end = starts[line];
                continue;
            }
            line++;
            if (hunks.isEmpty()) {
                end = starts[line];
            }
        }
        close();
        return List.copyOf(parts);
    }

    /** "---" and "+++" outside a hunk begin a file, unless they belong to a "diff --git" header. */
    private boolean startsTraditional() {
        return startsWith(line, "--- ")
                && startsWith(line + 1, "+++ ")
                && startsWith(line + 2, "@@ -")
                && !(open >= 0 && gitHeader && hunks.isEmpty());
    }

    private void begin(boolean git) {
        close();
        open = starts[line];
        gitHeader = git;
        hunks = new ArrayList<>();
    }

    private void close() {
        if (open >= 0) {
            parts.add(new Part(Arrays.copyOfRange(diff, open, end), gitHeader, hunks));
        }
    }

    private DiffHunk hunk() throws MalformedDiffException {
        int first = line;
        Matcher header = HUNK.matcher(lineText(line));
        if (!header.matches()) {
            throw new MalformedDiffException("line " + (line + 1) + ": bad hunk header");
        }
        int oldCount = count(header.group(2));
        int newCount = count(header.group(4));
        line++;
        List<HunkLine> lines = body(first, oldCount, newCount);
        return new DiffHunk(
                hunks.size() + 1,
                Integer.parseInt(header.group(1)),
                oldCount,
                Integer.parseInt(header.group(3)),
                newCount,
                lines,
                new String(diff, starts[first], starts[line] - starts[first], UTF_8));
    }

    private List<HunkLine> body(int first, int oldCount, int newCount) throws MalformedDiffException {
        List<HunkLine> lines = new ArrayList<>();
        int oldLeft = oldCount;
        int newLeft = newCount;
        while (oldLeft > 0 || newLeft > 0) {
            HunkLine.Kind kind = kind(first);
            oldLeft -= kind == HunkLine.Kind.ADDED ? 0 : 1;
            newLeft -= kind == HunkLine.Kind.REMOVED ? 0 : 1;
            lines.add(new HunkLine(kind, content()));
        }
        if (oldLeft < 0 || newLeft < 0 || lines.stream().allMatch(l -> l.kind() == HunkLine.Kind.CONTEXT)) {
            throw new MalformedDiffException(
                    "line " + (first + 1) + ": the hunk does not have the lines its header counts");
        }
        return lines;
    }

    private HunkLine.Kind kind(int first) throws MalformedDiffException {
        byte mark = line < starts.length - 1 ? diff[starts[line]] : 0;
        return switch (mark) {
            // Mailers strip the blank of an empty context line.
            case ' ', '\n' -> HunkLine.Kind.CONTEXT;
            case '-' -> HunkLine.Kind.REMOVED;
            case '+' -> HunkLine.Kind.ADDED;
            default ->
                throw new MalformedDiffException("line " + (line + 1) + ": the hunk of line " + (first + 1)
                        + " ends before the lines its header counts");
        };
    }

    /** The line without its mark, and without its end when "\ No newline" follows; moves on. */
    private Line content() {
        int from = starts[line] + (diff[starts[line]] == '\n' ? 0 : 1);
        int to = starts[line + 1];
        line++;
        if (line < starts.length - 1 && diff[starts[line]] == '\\') {
            line++;
            to--;
        }
        return Line.of(diff, from, to);
    }

    private static int count(@Nullable String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private String lineText(int n) {
        return new String(diff, starts[n], starts[n + 1] - starts[n], ISO_8859_1);
    }

    private boolean startsWith(int n, String prefix) {
        if (n >= starts.length - 1 || starts[n + 1] - starts[n] < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (diff[starts[n] + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Offsets of all lines, and the length of the text as the last. */
    private static int[] lineStarts(byte[] text) {
        int lines = 0;
        for (byte b : text) {
            lines += b == '\n' ? 1 : 0;
        }
        int[] starts = new int[lines + 1];
        int n = 1;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                starts[n++] = i + 1;
            }
        }
        return starts;
    }
}
