// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What preprocessed source says of functions; macros such as {@code inline} and {@code notrace} are spelt out in it. */
public final class Declarations {
    private static final Pattern NOTRACE = Pattern.compile(
            "__no_instrument_function__|no_instrument_function|patchable_function_entry\\(0, ?0\\)|hotpatch\\(0, ?0\\)");
    private static final Pattern INLINE = Pattern.compile("\\binline\\b|\\b__inline(__)?\\b");
    private static final Pattern NO_DECLARATION =
            Pattern.compile("[=?\"]|\\b(return|if|while|for|switch|else|do|case|goto|sizeof|typeof)\\b");
    private static final Pattern ATTRIBUTE = Pattern.compile("__attribute__\\s*\\(\\((?:[^()]|\\([^()]*\\))*\\)\\)");

    private record Declaration(String specifiers, boolean body) {}

    private final String text;

    /** Declarations of a source after the preprocessor. */
    public Declarations(String preprocessed) {
        this.text = preprocessed;
    }

    /** A state whose sources are not at hand: nothing is declared in it. */
    public static Declarations none() {
        return new Declarations("");
    }

    /** Whether anything is known. */
    boolean known() {
        return !text.isEmpty();
    }

    /** Whether a function of that name has a body here. */
    boolean defines(String function) {
        return found(function).stream().anyMatch(Declaration::body);
    }

    /** Whether a declaration says {@code inline}. */
    boolean inline(String function) {
        return found(function).stream()
                .anyMatch(d -> INLINE.matcher(d.specifiers()).find());
    }

    /** Whether a declaration forbids tracing, by itself or by saying {@code inline}. */
    boolean notrace(String function) {
        return found(function).stream()
                .anyMatch(d -> NOTRACE.matcher(d.specifiers()).find());
    }

    /** Every declaration: what stands before the name, from the end of what was before, and whether a body follows. */
    private List<Declaration> found(String function) {
        List<Declaration> all = new ArrayList<>();
        Matcher name =
                Pattern.compile("\\b" + Pattern.quote(function) + "\\s*\\(").matcher(text);
        while (name.find()) {
            int from = name.start();
            while (from > 0 && ";{}".indexOf(text.charAt(from - 1)) < 0) {
                from--;
            }
            String before = text.substring(from, name.start()).strip();
            String plain = ATTRIBUTE.matcher(before).replaceAll(" ").replaceAll("(?m)^#.*$", "");
            if (!plain.isBlank()
                    && plain.indexOf('(') < 0
                    && !NO_DECLARATION.matcher(plain).find()) {
                all.add(new Declaration(before, hasBody(name.end())));
            }
        }
        return all;
    }

    /** Whether, behind the parameters that begin at {@code at}, a body comes before the declaration ends. */
    private boolean hasBody(int at) {
        int depth = 1;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && c == '{') {
                return true;
            }
            if (depth == 0 && (c == ';' || c == ',')) {
                return false;
            }
        }
        return false;
    }
}
