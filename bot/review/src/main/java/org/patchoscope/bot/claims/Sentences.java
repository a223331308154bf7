// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Splits a changelog into sentences: hard wraps undone; trailers, quoted mail and headings left out. */
final class Sentences {
    private static final char QUOTE = '"';

    private static final Pattern TRAILER = Pattern.compile(
            "^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)*-(?:by|By)|Cc|CC|Link|Fixes|Closes|Message-I[dD]|Change-Id|Reference[sd]?|See"
                    + "|BugLink|Co-developed-by|Stable-dep-of|Depends-on|Subject|From|To|Date)\\s*:\\s.*");
    private static final Pattern QUOTED_MAIL = Pattern.compile("^\\s*>.*");
    private static final Pattern HEADING = Pattern.compile("^\\s*\\[[^\\]]{1,60}\\]\\s*$");
    private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*\u2022+]|\\d{1,2}[.)])\\s+");
    private static final Pattern END = Pattern.compile("(?<!\\b(?:e\\.g|i\\.e|cf|vs|etc))(?<=[.!?])[\"')\\]]*\\s+");

    private Sentences() {}

    static List<String> of(String changelog) {
        List<String> out = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        boolean trailer = false;
        for (String line : changelog.lines().toList()) {
            // A folded trailer goes on with an indented line.
            boolean folded = trailer && !line.isBlank() && Character.isWhitespace(line.charAt(0));
            trailer = folded || TRAILER.matcher(line).matches();
            boolean skipped = trailer
                    || line.isBlank()
                    || QUOTED_MAIL.matcher(line).matches()
                    || HEADING.matcher(line).matches();
            boolean item = !skipped && ITEM.matcher(line).lookingAt();
            if (skipped || item) {
                flush(paragraph, out);
            }
            if (!skipped) {
                paragraph.append(ITEM.matcher(line).replaceFirst("").strip()).append(' ');
            }
        }
        flush(paragraph, out);
        return out;
    }

    /** Of a quotation of several sentences, each is quoted for itself. */
    private static String withoutHalfAQuotation(String sentence) {
        if (sentence.chars().filter(c -> c == QUOTE).count() % 2 == 0) {
            return sentence;
        }
        int last = sentence.length() - 1;
        return sentence.charAt(0) == QUOTE
                ? sentence.substring(1)
                : sentence.charAt(last) == QUOTE ? sentence.substring(0, last) : sentence;
    }

    private static void flush(StringBuilder paragraph, List<String> out) {
        String text = paragraph.toString().replaceAll("\\s+", " ").strip();
        paragraph.setLength(0);
        if (!text.isEmpty()) {
            Stream.of(END.split(text)).map(Sentences::withoutHalfAQuotation).forEach(out::add);
        }
    }
}
