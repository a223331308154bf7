// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A declaration at the top level of a C file: its tokens.
 *
 * @param tokens in order, without white space
 */
record Declaration(List<String> tokens) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final Set<String> NO_NAMES = Set.of(
            "__attribute__",
            "__attribute",
            "__typeof__",
            "typeof",
            "__typeof",
            "__asm__",
            "asm",
            "__asm",
            "_Alignas",
            "__extension__",
            "__declspec",
            "typeof_unqual",
            "__typeof_unqual__");
    private static final Set<String> TAGGED = Set.of("struct", "union", "enum");
    private static final String TAG = "struct ";
    private static final Set<String> KEYWORDS = Set.of(
            "struct",
            "union",
            "enum",
            "typedef",
            "extern",
            "static",
            "const",
            "volatile",
            "inline",
            "__inline",
            "__inline__",
            "void",
            "char",
            "short",
            "int",
            "long",
            "unsigned",
            "signed",
            "_Bool",
            "float",
            "double");

    Declaration {
        tokens = List.copyOf(tokens);
    }

    /** The declaration as one text, by which two are the same. */
    String text() {
        return String.join(" ", tokens);
    }

    /** Whether it gives nothing a meaning: an assertion, a lone semicolon, or the announcement of a tag. */
    boolean isEmpty() {
        return tokens.getFirst().equals("_Static_assert")
                || tokens.size() == 1
                || tokens.size() == 3 && TAGGED.contains(tokens.getFirst());
    }

    /** Whether it describes a structure or union and nothing else. */
    boolean isStructure() {
        int brace = outer("{", 0);
        return brace > 0
                && Set.of("struct", "union").contains(tokens.getFirst())
                && !isInitialised(brace)
                && !isFunction();
    }

    /** All names in it; tags are written with {@code struct}, because they have a name space of their own. */
    Set<String> identifiers() {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (IDENTIFIER.matcher(tokens.get(i)).matches()) {
                all.add(i > 0 && TAGGED.contains(tokens.get(i - 1)) ? TAG + tokens.get(i) : tokens.get(i));
            }
        }
        return all;
    }

    /** Whether it has the body of a function. */
    boolean isFunction() {
        return body() > 0;
    }

    /** Where the body of a function begins, or -1: the first brace that follows what is in parentheses. */
    private int body() {
        int brace = outer("{", 0);
        return brace > 0 && opensBody(tokens.subList(0, brace)) ? brace : -1;
    }

    /** Whether a brace after {@code tokens} begins the body of a function: not after attributes of a structure. */
    static boolean opensBody(List<String> tokens) {
        if (tokens.isEmpty() || !tokens.getLast().equals(")") || tokens.contains("=")) {
            return false;
        }
        int depth = 0;
        for (int i = tokens.size() - 1; i > 0; i--) {
            depth += tokens.get(i).equals(")") ? 1 : tokens.get(i).equals("(") ? -1 : 0;
            if (depth == 0) {
                boolean attribute = NO_NAMES.contains(tokens.get(i - 1));
                return !(attribute && i > 1 && TAGGED.contains(tokens.get(i - 2)));
            }
        }
        return false;
    }

    /** What it gives a meaning to; empty if that cannot be told. */
    Optional<Set<String>> names() {
        Set<String> names = new LinkedHashSet<>();
        int brace = outer("{", 0);
        if (isFunction()) {
            callable(brace).ifPresent(names::add);
            return names.isEmpty() ? Optional.empty() : Optional.of(names);
        }
        tag().ifPresent(t -> names.add(TAG + t));
        for (int i = 0; i + 2 < tokens.size(); i++) {
            int open = tokens.get(i + 1).equals("{") ? i + 1 : i + 2;
            if (tokens.get(i).equals("enum") && tokens.get(open).equals("{")) {
                enumerators(open, names);
            }
        }
        int from = brace > 0 && !isInitialised(brace) ? closing(brace) + 1 : 0;
        declarators(from, names);
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private void enumerators(int brace, Set<String> into) {
        int end = closing(brace);
        for (int i = brace + 1; i < end; i++) {
            if (isName(i) && Set.of("{", ",").contains(tokens.get(i - 1))) {
                into.add(tokens.get(i));
            }
        }
    }

    private boolean isInitialised(int brace) {
        return tokens.subList(0, brace).contains("=");
    }

    /** The tag of a structure, union or enumeration that it describes. */
    Optional<String> tag() {
        int brace = outer("{", 0);
        for (int i = 0; i < brace && !isInitialised(brace); i++) {
            if (TAGGED.contains(tokens.get(i))) {
                int at = i + 1;
                while (at < tokens.size() && NO_NAMES.contains(tokens.get(at))) {
                    at = closing(at + 1) + 1;
                }
                return at < tokens.size() && isName(at) ? Optional.of(tokens.get(at)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Members of a structure, each as a text; empty if it has none. */
    List<String> members() {
        int brace = outer("{", 0);
        List<String> all = new ArrayList<>();
        if (brace < 0) {
            return all;
        }
        int end = closing(brace);
        int from = brace + 1;
        for (int i = from; i < end; i++) {
            switch (tokens.get(i)) {
                case "{", "(", "[" -> i = closing(i);
                case ";" -> {
                    all.add(String.join(" ", tokens.subList(from, i)));
                    from = i + 1;
                }
                default -> {}
            }
        }
        return all;
    }

    /** What stands around the members of a structure. */
    String around() {
        int brace = outer("{", 0);
        return String.join(" ", tokens.subList(0, brace)) + " | "
                + String.join(" ", tokens.subList(closing(brace), tokens.size()));
    }

    /** Names before the parentheses, brackets, commas and ends of declarators. */
    private void declarators(int from, Set<String> into) {
        boolean value = false;
        for (int i = from; i < tokens.size(); i++) {
            String t = tokens.get(i);
            if (NO_NAMES.contains(t)) {
                i = i + 1 < tokens.size() && tokens.get(i + 1).equals("(") ? closing(i + 1) : i;
            } else if (t.equals("(")
                    && !value
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).equals("*")) {
                pointer(i, closing(i), into);
                i = closing(i);
            } else if (t.equals("(") && !value && isWrapped(i)) {
                into.add(tokens.get(i + 1));
                i += 2;
            } else if (Set.of("(", "[", "{").contains(t)) {
                if (!value && i > 0 && isName(i - 1)) {
                    into.add(tokens.get(i - 1));
                    value = t.equals("(");
                }
                i = closing(i);
            } else if (Set.of(",", ";", "=", ":").contains(t)) {
                if (!value && i > 0 && isName(i - 1)) {
                    into.add(tokens.get(i - 1));
                }
                value = t.equals("=");
            } else if (!value && isName(i) && i + 1 < tokens.size() && NO_NAMES.contains(tokens.get(i + 1))) {
                into.add(t);
            }
        }
    }

    /** The name in {@code (*name)(...)}: the last one that is not of what it takes. */
    private void pointer(int from, int to, Set<String> into) {
        for (int i = from + 1; i < to; i++) {
            if (tokens.get(i).equals("(") && i > from + 1 && isName(i - 1)) {
                into.add(tokens.get(i - 1));
                return;
            }
            if (isName(i) && Set.of(")", "[").contains(tokens.get(i + 1))) {
                into.add(tokens.get(i));
                return;
            }
        }
    }

    /** Whether parentheses hold the name of a function alone, as in {@code typedef int (name)(void)}. */
    private boolean isWrapped(int open) {
        return open + 3 < tokens.size()
                && isName(open + 1)
                && tokens.get(open + 2).equals(")")
                && tokens.get(open + 3).equals("(");
    }

    private Optional<String> callable(int end) {
        for (int i = 0; i + 1 < end; i++) {
            if (NO_NAMES.contains(tokens.get(i)) && tokens.get(i + 1).equals("(")) {
                i = closing(i + 1);
            } else if (tokens.get(i + 1).equals("(") && isName(i)) {
                return Optional.of(tokens.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean isName(int at) {
        String t = tokens.get(at);
        return IDENTIFIER.matcher(t).matches() && !NO_NAMES.contains(t) && !KEYWORDS.contains(t);
    }

    /** The first {@code token} that is in no parentheses, braces or brackets, or -1. */
    private int outer(String token, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).equals(token)) {
                return i;
            }
            if (Set.of("(", "[", "{").contains(tokens.get(i))) {
                i = closing(i);
            }
        }
        return -1;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            switch (tokens.get(i)) {
                case "(", "[", "{" -> depth++;
                case ")", "]", "}" -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size() - 1;
    }
}
