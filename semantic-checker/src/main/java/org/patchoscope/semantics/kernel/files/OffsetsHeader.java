// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a header of constants from compiled assembly as Kbuild's filechk_offsets does (scripts/Makefile.lib,
 * "sed-offsets"): the compiler writes {@code .ascii "->NAME $value comment"}, the rule makes it a {@code #define}.
 */
public final class OffsetsHeader {
    private static final Pattern ASCII = Pattern.compile("^\\s*\\.ascii\\s*\"(.*)\".*");
    private static final Pattern COMMENT = Pattern.compile("->#(.*)");
    private static final Pattern DEFINE = Pattern.compile("^->([^ ]*) [$#]*([^ ]*) (.*)");

    private OffsetsHeader() {}

    /**
     * The header after a change.
     *
     * @param header what Kbuild made from {@code before}
     * @param before assembly
     * @param after assembly
     * @return empty if Kbuild's header does not come out of {@code before}, so that the rule must be another
     */
    public static Optional<String> regenerate(String header, String before, String after) {
        String known = body(before);
        int at = header.indexOf(known);
        if (known.isEmpty() || at < 0) {
            return Optional.empty();
        }
        String head = header.substring(0, at);
        String tail = header.substring(at + known.length());
        boolean plain = head.startsWith("#ifndef ")
                && head.endsWith("*/\n\n")
                && tail.strip().equals("#endif");
        return plain ? Optional.of(head + body(after) + tail) : Optional.empty();
    }

    static String body(String assembly) {
        List<String> lines = new ArrayList<>();
        assembly.lines().forEach(line -> {
            Matcher ascii = ASCII.matcher(line);
            String text = ascii.matches() ? ascii.group(1) : line;
            if (text.startsWith("->")) {
                lines.add(define(text) + "\n");
            }
        });
        return String.join("", lines);
    }

    private static String define(String marked) {
        String text = COMMENT.matcher(marked).replaceFirst("/* $1 */");
        text = DEFINE.matcher(text).replaceFirst("#define $1 $2 /* $3 */");
        return text.startsWith("->") ? text.substring(2) : text;
    }
}
