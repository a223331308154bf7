// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a preprocessed C source apart, piece by piece, into its declarations at the top level (C11, section 6.9). */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'"
            + "|[A-Za-z_$][\\w$]*+|\\.?\\d(?:[eEpP][+-]|[\\w.])*+|[^\\s\\w]");
    private static final Pattern MARKER = Pattern.compile("(?m)^\\s*#.*$");

    /** Names that the kernel makes with the preprocessor's counter, which every earlier use moves. */
    private static final Pattern COUNTED =
            Pattern.compile("(__UNIQUE_ID_\\w*?|__compiletime_assert_|__PASTE_\\w*?)\\d+");

    /** The line of a warning in arm64's table of them (arch/arm64/include/asm/asm-bug.h). */
    private static final Pattern LINE_OF_BUG = Pattern.compile("(__bug_table.*?\\.long \\w+ - \\.; \\.short )\\d+;");

    /** What comes before the line of a warning in x86's (arch/x86/include/asm/bug.h). */
    private static final List<String> BEFORE_LINE = List.of("[", "line", "]", "\"i\"", "(");

    private final List<String> current = new ArrayList<>();
    private int depth;
    private boolean function;

    /** A source in pieces, cut where a declaration seems to end: after a line that starts without space and ends so. */
    static List<String> pieces(String preprocessed) {
        List<String> all = new ArrayList<>();
        int from = 0;
        for (int line = 0; line < preprocessed.length(); ) {
            int found = preprocessed.indexOf('\n', line);
            int end = found < 0 ? preprocessed.length() : found;
            if (end > line
                    && !Character.isWhitespace(preprocessed.charAt(line))
                    && ends(preprocessed.charAt(end - 1))) {
                all.add(preprocessed.substring(from, end));
                from = end;
            }
            line = end + 1;
        }
        all.add(preprocessed.substring(from));
        return all;
    }

    private static boolean ends(char last) {
        return last == ';' || last == '}';
    }

    /** Declarations that end in the next piece of a source, in order. */
    List<Declaration> read(String piece) {
        List<Declaration> all = new ArrayList<>();
        Matcher m = TOKEN.matcher(MARKER.matcher(piece).replaceAll(""));
        while (m.find()) {
            String t = named(current, m.group());
            if (depth == 0 && t.equals("{")) {
                function = Declaration.opensBody(current);
            }
            current.add(t);
            switch (t) {
                case "(", "[", "{" -> depth++;
                case ")", "]", "}" -> depth--;
                default -> {}
            }
            if (depth == 0 && (t.equals(";") || t.equals("}") && function)) {
                all.add(new Declaration(current));
                current.clear();
                function = false;
            }
        }
        return all;
    }

    /** Whether the last declaration is over, so that what comes next does not hang on what was before. */
    boolean between() {
        return current.isEmpty();
    }

    /** What no end was seen of. */
    Declaration rest() {
        return new Declaration(current);
    }

    /** A token without what follows from its place in the file alone. */
    private static String named(List<String> earlier, String token) {
        int n = earlier.size();
        if (n >= BEFORE_LINE.size()
                && Character.isDigit(token.charAt(0))
                && earlier.subList(n - BEFORE_LINE.size(), n).equals(BEFORE_LINE)) {
            return "line";
        }
        if (token.startsWith("\"") && token.contains("__bug_table")) {
            return LINE_OF_BUG.matcher(token).replaceAll("$1line;");
        }
        Matcher counted = COUNTED.matcher(token);
        return counted.matches() ? counted.group(1) : token;
    }
}
