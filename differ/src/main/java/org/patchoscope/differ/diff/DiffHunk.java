// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.List;
import org.patchoscope.differ.diff.HunkLine.Kind;

/**
 * One hunk of a text diff.
 *
 * @param number its place in the file's diff, from 1
 * @param oldStart first line in the old file as stated, 0 when the old side is empty
 * @param newStart first line in the new file as stated
 * @param text the hunk as it was mailed, header included, for quoting
 */
public record DiffHunk(
        int number, int oldStart, int oldCount, int newStart, int newCount, List<HunkLine> lines, String text) {
    public DiffHunk {
        lines = List.copyOf(lines);
    }

    /** The lines the hunk expects to find. */
    public List<Line> preImage() {
        return linesWithout(Kind.ADDED);
    }

    /** The lines it leaves behind. */
    public List<Line> postImage() {
        return linesWithout(Kind.REMOVED);
    }

    /** How many context lines it begins with. */
    public int leading() {
        int n = 0;
        while (n < lines.size() && lines.get(n).kind() == Kind.CONTEXT) {
            n++;
        }
        return n;
    }

    /** How many context lines it ends with. */
    public int trailing() {
        int n = 0;
        while (n < lines.size() && lines.get(lines.size() - 1 - n).kind() == Kind.CONTEXT) {
            n++;
        }
        return n;
    }

    private List<Line> linesWithout(Kind kind) {
        return lines.stream().filter(l -> l.kind() != kind).map(HunkLine::line).toList();
    }
}
