// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.expr.Expr;

/** What a function that is called with a text for printf() takes besides (Documentation/core-api/printk-formats.rst). */
public final class FormatText {
    private static final Pattern CONVERSION =
            Pattern.compile("%[-+ #0]*(\\*|\\d+)?(?:\\.(\\*|-?\\d*))?(hh|h|ll|l|L|q|j|z|Z|t)?(.)", Pattern.DOTALL);
    private static final String LITERAL = "&\"";
    private static final int INT = 32;
    private static final int LONG = 64;

    private FormatText() {}

    /** Widths of the arguments that the text asks for, in bits; empty where {@code text} is not known, or not understood. */
    public static Optional<List<Integer>> widths(Expr text) {
        return text instanceof Expr.Sym s
                        && s.name().startsWith(LITERAL)
                        && s.name().endsWith("\"")
                ? widths(s.name().substring(LITERAL.length(), s.name().length() - 1))
                : Optional.empty();
    }

    public static Optional<List<Integer>> widths(String text) {
        List<Integer> all = new ArrayList<>();
        Matcher m = CONVERSION.matcher(text);
        int at = 0;
        while (true) {
            int percent = text.indexOf('%', at);
            if (percent < 0) {
                return Optional.of(all);
            }
            if (!m.find(percent) || m.start() != percent) {
                return Optional.empty();
            }
            at = m.end();
            String kind = String.valueOf(m.group(4));
            if (!kind.equals("%")) {
                if ("*".equals(m.group(1))) {
                    all.add(INT);
                }
                if ("*".equals(m.group(2))) {
                    all.add(INT);
                }
                if (!"diouxXcsp".contains(kind)) {
                    return Optional.empty();
                }
                boolean small = m.group(3) == null || m.group(3).startsWith("h");
                all.add(small && !"sp".contains(kind) ? INT : LONG);
            }
        }
    }
}
