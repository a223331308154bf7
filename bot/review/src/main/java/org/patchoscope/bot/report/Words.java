// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Small pieces of language: lists, plurals, ranges, and text made safe to show. */
public final class Words {
    private static final int SOME = 3;

    private Words() {}

    /**
     * Text without what could steer a terminal or turn the reading direction around: control characters, bidirectional
     * controls and characters without a width become a replacement character.
     */
    public static String clean(String text) {
        return visible(text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' '));
    }

    /** The same, of several lines. */
    public static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL -> {
                    if (c == '\t' || c == '\n' || c == '\r') {
                        out.appendCodePoint(c);
                    } else {
                        out.append('\ufffd');
                    }
                }
                case Character.FORMAT,
                        Character.SURROGATE,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> out.append('\ufffd');
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** A line of source: cleaned, tabs expanded as a diff shows them. */
    public static String source(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\t') {
                // The mark of the diff in the first column does not move the tab stops of the file.
                out.repeat(' ', 8 - Math.max(0, out.length() - 1) % 8);
            } else {
                out.append(line.charAt(i));
            }
        }
        return clean(out.toString()).stripTrailing();
    }

    public static String count(int n, String one) {
        return n + " " + (n == 1 ? one : plural(one));
    }

    private static String plural(String one) {
        return one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s";
    }

    /** "a", "a and b", "a, b and c". */
    static String and(List<String> items) {
        int n = items.size();
        return n < 2 ? String.join("", items) : String.join(", ", items.subList(0, n - 1)) + " and " + items.getLast();
    }

    /** "a, b", or, of more than a reader wants to see, "a, b, c and 30 more". */
    public static String some(List<String> items) {
        int more = items.size() - SOME;
        return more > 1 ? joined(items.subList(0, SOME)) + " and " + more + " more" : joined(items);
    }

    /** Functions as C writes their calls, as many as {@link #some} names. */
    public static String calls(Collection<String> functions) {
        return some(functions.stream().map(f -> f + "()").toList());
    }

    /** "1-3, 5". */
    public static String ranges(List<Integer> numbers) {
        List<String> out = new ArrayList<>();
        List<Integer> sorted = numbers.stream().distinct().sorted().toList();
        for (int i = 0; i < sorted.size(); ) {
            int j = i;
            while (j + 1 < sorted.size() && sorted.get(j + 1) == sorted.get(j) + 1) {
                j++;
            }
            // Two neighbours read better as two numbers.
            if (j == i + 1) {
                j = i;
            }
            out.add(i == j ? String.valueOf(sorted.get(i)) : sorted.get(i) + "-" + sorted.get(j));
            i = j + 1;
        }
        return String.join(", ", out);
    }

    /** "patch 3", "patches 1-3, 5". */
    public static String patches(List<Integer> numbers) {
        return (numbers.stream().distinct().count() == 1 ? "patch " : "patches ") + ranges(numbers);
    }

    /** With a capital letter at its beginning. */
    public static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    public static String sentence(String text) {
        String clean = clean(text).strip();
        if (clean.isEmpty()) {
            return "";
        }
        // An identifier keeps its spelling.
        boolean word = clean.split(" ", 2)[0].chars().allMatch(c -> Character.isLowerCase(c) || c == ',');
        String out = word ? clean.substring(0, 1).toUpperCase(Locale.ROOT) + clean.substring(1) : clean;
        return out.endsWith(".") || out.endsWith("!") || out.endsWith("?") ? out : out + ".";
    }

    /** Lines of at most {@code width}; a word that is longer is cut, because nothing else keeps a table whole. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : clean(text).strip().split(" +")) {
            String rest = word;
            while (rest.length() > width) {
                flush(lines, line);
                lines.add(rest.substring(0, width));
                rest = rest.substring(width);
            }
            if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
                flush(lines, line);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        flush(lines, line);
        return lines;
    }

    private static void flush(List<String> lines, StringBuilder line) {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }

    public static String joined(List<String> items) {
        return items.stream().map(Words::clean).collect(Collectors.joining(", "));
    }
}
