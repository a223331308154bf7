// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an architecture's assembler text is taken apart. */
interface OperandSyntax {

    /** One operand, without markup and without spaces around it. */
    Operand operand(String mnemonic, String text);

    /** What begins a comment, which LLVM adds to some instructions. */
    String comment();

    /** Words that stand before the mnemonic of another instruction, as prefixes of it. */
    default Set<String> prefixes() {
        return Set.of();
    }

    /** Takes LLVM's text apart, with or without markup. */
    static Decoded decoded(int length, String marked, OperandSyntax syntax) {
        int comment = marked.indexOf(syntax.comment());
        String text = plain(comment < 0 ? marked : marked.substring(0, comment));
        String rest = text;
        int space = rest.indexOf(' ');
        while (space > 0 && syntax.prefixes().contains(rest.substring(0, space))) {
            rest = rest.substring(space + 1);
            space = rest.indexOf(' ');
        }
        String mnemonic = space < 0 ? rest : rest.substring(0, space);
        List<Operand> operands = new ArrayList<>();
        if (space >= 0) {
            for (String part : split(rest.substring(space + 1))) {
                operands.add(syntax.operand(mnemonic, part));
            }
        }
        return new Decoded(length, text, mnemonic, operands);
    }

    /** The text without markup: {@code <reg:x1>} becomes {@code x1}; white space becomes single spaces. */
    private static String plain(String marked) {
        StringBuilder out = new StringBuilder(marked.length());
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == '<') {
                i = marked.indexOf(':', i);
            } else if (c == ' ' || c == '\t' || c == '\n') {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else if (c != '>') {
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    /** Splits at commas that are in no bracket. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && (depth == 0 || i == text.length())) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        return parts;
    }

    /** A number in decimal or hexadecimal, with or without a sign, up to 64 bits; null if it is none. */
    static @Nullable Long number(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        try {
            long value = digits.startsWith("0x")
                    ? Long.parseUnsignedLong(digits, 2, digits.length(), 16)
                    : Long.parseUnsignedLong(digits);
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
