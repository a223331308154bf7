// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line with its terminator, as a slice of the text it came from. The terminator belongs to it,
 * so a last line without newline differs from one with, and CRLF from LF.
 */
public final class Line {
    private final byte[] text;
    private final int from;
    private final int to;
    private final int hash;

    private Line(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
        int h = 1;
        for (int i = from; i < to; i++) {
            h = 31 * h + text[i];
        }
        this.hash = h;
    }

    /** The slice of a text from one offset up to another, which must hold no inner line end. */
    public static Line of(byte[] text, int from, int to) {
        return new Line(text, from, to);
    }

    /** Cuts a text after every line feed. */
    public static List<Line> split(byte[] text) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                lines.add(new Line(text, from, i + 1));
                from = i + 1;
            }
        }
        if (from < text.length) {
            lines.add(new Line(text, from, text.length));
        }
        return lines;
    }

    /** Puts lines together again. */
    public static byte[] join(List<Line> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(lines.size() * 32);
        for (Line line : lines) {
            out.write(line.text, line.from, line.to - line.from);
        }
        return out.toByteArray();
    }

    /** Whether the line ends with a line feed. */
    public boolean isTerminated() {
        return to > from && text[to - 1] == '\n';
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Line that
                && hash == that.hash
                && Arrays.equals(text, from, to, that.text, that.from, that.to);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
