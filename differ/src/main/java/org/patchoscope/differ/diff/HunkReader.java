// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.patchoscope.mail.diff.Diff;

/** Takes the hunks that were found in a diff apart into their lines. */
public final class HunkReader {
    private HunkReader() {}

    /**
     * The hunks of one file.
     *
     * @param diff the text in which they were found, sound and with a line feed at its end
     */
    public static List<DiffHunk> read(byte[] diff, List<Diff.HunkPart> parts) {
        List<DiffHunk> hunks = new ArrayList<>();
        for (Diff.HunkPart part : parts) {
            hunks.add(new DiffHunk(
                    hunks.size() + 1,
                    part.header().oldStart(),
                    part.header().oldCount(),
                    part.header().newStart(),
                    part.header().newCount(),
                    lines(diff, part),
                    new String(diff, part.start(), part.end() - part.start(), StandardCharsets.UTF_8)));
        }
        return hunks;
    }

    private static List<HunkLine> lines(byte[] diff, Diff.HunkPart part) {
        List<HunkLine> lines = new ArrayList<>();
        for (int from = part.body(); from < part.end(); ) {
            int to = after(diff, from);
            boolean open = to < part.end() && diff[to] == '\\';
            // Mailers strip the blank of an empty context line.
            lines.add(new HunkLine(
                    kind(diff[from]), Line.of(diff, diff[from] == '\n' ? from : from + 1, open ? to - 1 : to)));
            from = open ? after(diff, to) : to;
        }
        return lines;
    }

    private static int after(byte[] diff, int from) {
        int at = from;
        while (diff[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static HunkLine.Kind kind(byte mark) {
        return switch (mark) {
            case '-' -> HunkLine.Kind.REMOVED;
            case '+' -> HunkLine.Kind.ADDED;
            default -> HunkLine.Kind.CONTEXT;
        };
    }
}
