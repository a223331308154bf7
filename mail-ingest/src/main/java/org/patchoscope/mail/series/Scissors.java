// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Scissors in the text above a diff ({@code -- >8 --}), by the rule of {@code git mailinfo}: what stands above belongs to
 * the conversation. Unlike git, a pair of marks around something (an oops, an example) is a fence and cuts nothing. A mark with
 * an arrow that is no ASCII sign, which git takes for text, cuts nothing either, but can be one of a pair.
 */
final class Scissors {
    /** Columns of a mark; longer lines are text. */
    private static final int LONGEST = 200;

    private static final int SHORTEST = 8;
    private static final Pattern HEADER =
            Pattern.compile("(?i)>?(?:from|subject|date):.*|>?From [0-9a-f]{40} .*|\\[PATCH.*");

    private Scissors() {}

    /** The line at which the patch's own text begins: 0, or after a mark. */
    static int cut(List<String> lines) {
        List<Integer> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isMark(plain(lines.get(i)))) {
                marks.add(i);
            }
        }
        // A mark above mail headers is one whatever stands before it.
        for (int mark : marks.reversed()) {
            if (isMark(lines.get(mark)) && beginsHeaders(lines, mark + 1)) {
                return mark + 1;
            }
        }
        if (marks.size() % 2 == 0) {
            return 0;
        }
        int alone = alone(lines, marks);
        return isMark(lines.get(alone)) ? alone + 1 : 0;
    }

    private static String plain(String line) {
        return line.replace('\u2039', '<').replace('\u203a', '>');
    }

    /** Of an odd number the one that is not of a pair: the first, unless it opens what the next one closes. */
    private static int alone(List<String> lines, List<Integer> marks) {
        for (int i = 0; i + 1 < marks.size(); i += 2) {
            boolean pair = opens(plain(lines.get(marks.get(i)))) && !opens(plain(lines.get(marks.get(i + 1))));
            if (!pair) {
                return marks.get(i);
            }
        }
        return marks.getLast();
    }

    private static boolean opens(String mark) {
        return mark.contains("8<") || mark.contains("%<");
    }

    private static boolean beginsHeaders(List<String> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at < lines.size() && HEADER.matcher(lines.get(at)).matches();
    }

    /** Dashes and scissors fill more than a third of the line, and gaps less than half of that. */
    static boolean isMark(String line) {
        String text = line.strip();
        if (text.length() < SHORTEST || text.length() > LONGEST || !(text.contains("8") || text.contains("%"))) {
            return false;
        }
        int scissors = 0;
        int perforation = 0;
        int gaps = 0;
        boolean within = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                perforation += within ? 1 : 0;
                gaps += within ? 1 : 0;
            } else if (c == '-') {
                within = true;
                perforation++;
            } else if (isScissors(text, i)) {
                within = true;
                perforation += 2;
                scissors++;
                i++;
            } else {
                within = false;
            }
        }
        return scissors > 0 && text.length() < perforation * 3 && gaps * 2 < perforation;
    }

    private static boolean isScissors(String text, int at) {
        return text.startsWith(">8", at)
                || text.startsWith("8<", at)
                || text.startsWith(">%", at)
                || text.startsWith("%<", at);
    }
}
