// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.ArrayList;
import java.util.List;

/** A piece of what somebody typed. */
sealed interface QueryToken {
    /** A word, which may have a field before it: {@code arch:arm64}. */
    record Word(String text) implements QueryToken {}

    /** Text in quotes; {@code field} is empty where none is named. */
    record Quoted(String field, String text) implements QueryToken {}

    /** An operator. */
    enum Sign implements QueryToken {
        OPEN,
        CLOSE,
        OR,
        NOT
    }

    /** Takes a query apart. Any text is one; what is odd about it goes to {@code notes}. */
    static List<QueryToken> of(String query, List<String> notes) {
        List<QueryToken> out = new ArrayList<>();
        int i = 0;
        while (i < query.length()) {
            char c = query.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '(' || c == ')') {
                out.add(c == '(' ? Sign.OPEN : Sign.CLOSE);
                i++;
            } else if (c == '-' && i + 1 < query.length() && !Character.isWhitespace(query.charAt(i + 1))) {
                out.add(Sign.NOT);
                i++;
            } else if (c == '"') {
                i = quoted(query, i, "", out, notes);
            } else {
                i = word(query, i, out, notes);
            }
        }
        return out;
    }

    private static int quoted(String query, int at, String field, List<QueryToken> out, List<String> notes) {
        int end = query.indexOf('"', at + 1);
        if (end < 0) {
            notes.add("The quotation mark is not closed; everything behind it is taken as quoted.");
            end = query.length();
        }
        out.add(new Quoted(field, query.substring(at + 1, end)));
        return end + 1;
    }

    private static int word(String query, int at, List<QueryToken> out, List<String> notes) {
        int i = at;
        int open = 0;
        while (i < query.length() && !Character.isWhitespace(query.charAt(i))) {
            char c = query.charAt(i);
            if (c == '"' && i > at && query.charAt(i - 1) == ':') {
                return quoted(query, i, query.substring(at, i - 1), out, notes);
            }
            // The parentheses of syscall_exit_work() are its own, that of (a OR b) is not.
            if (c == '(') {
                open++;
            } else if (c == ')' && --open < 0) {
                break;
            }
            i++;
        }
        String text = query.substring(at, i);
        switch (text) {
            case "OR", "||", "|" -> out.add(Sign.OR);
            case "NOT", "!" -> out.add(Sign.NOT);
            case "AND", "&&" -> {
                // What stands beside each other is joined by AND anyway.
            }
            default -> out.add(new Word(text));
        }
        return i;
    }
}
