// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.List;
import org.patchoscope.bot.report.Words;

/** A page of plain text under construction: lines of at most its width, with colour on a terminal only. */
final class Page {
    static final int WIDTH = 80;

    /** What a piece of text is, for its colour. */
    enum Tone {
        PLAIN(""),
        HEADING("1"),
        BEFORE("31"),
        AFTER("32"),
        RACE("33"),
        WITHIN_BOUND("36"),
        QUIET("2");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;
    private final int width;
    private int underHeading;

    Page(boolean colour) {
        this(colour, WIDTH);
    }

    Page(boolean colour, int width) {
        this.colour = colour;
        this.width = width;
    }

    int width() {
        return width;
    }

    Page line(String text) {
        return line(Tone.PLAIN, text);
    }

    /** One line as it is; it is the caller's to clean it and to keep it short. */
    Page line(Tone tone, String text) {
        out.append(toned(tone, text.stripTrailing())).append('\n');
        return this;
    }

    /** A piece of a line in the colour of its tone. */
    String toned(Tone tone, String text) {
        return colour && !tone.code.isEmpty() && !text.isEmpty()
                ? "\u001b[" + tone.code + 'm' + text + "\u001b[0m"
                : text;
    }

    /** An empty line, but never two, and none under a heading. */
    Page gap() {
        if (out.length() != underHeading && out.length() != 0 && out.charAt(Math.max(0, out.length() - 2)) != '\n') {
            out.append('\n');
        }
        return this;
    }

    /** A heading and a line under it. */
    Page heading(String text) {
        gap();
        List<String> lines = Words.wrap(text, width);
        lines.forEach(l -> line(Tone.HEADING, l));
        int longest = lines.stream().mapToInt(String::length).max().orElse(0);
        line(Tone.QUIET, "-".repeat(longest));
        underHeading = out.length();
        return this;
    }

    /** Wrapped text; {@code first} stands before the first line, the others are indented by as much. */
    Page text(String first, String text) {
        return text(Tone.PLAIN, first, text);
    }

    Page text(Tone tone, String first, String text) {
        String indent = first;
        for (String part : Words.wrap(text, width - first.length())) {
            line(tone, indent + part);
            indent = " ".repeat(first.length());
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
