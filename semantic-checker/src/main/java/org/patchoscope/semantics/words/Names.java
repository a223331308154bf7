// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.Optional;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;

/** What constants, symbols and the tags of memory are called. */
final class Names {
    /** A register that holds nothing that its caller meant for it, as all do where assembly is entered. */
    private static final String REGISTER = "undefined:";

    private Names() {}

    /** A small number as it is, signed unless it is some bits, and a large one in base 16. */
    static String number(Expr.Const c) {
        if (c.width() < 8) {
            return Long.toString(c.value());
        }
        return number(c.value(), c.width());
    }

    private static String number(long value, int width) {
        long signed = Bits.signExtend(value, width);
        return signed > -4096 && signed < 4096 ? Long.toString(signed) : "0x" + Long.toHexString(value);
    }

    /** A number that is a whole value, and no part of an address or a sum: error numbers have names. */
    static String whole(Expr.Const c) {
        long lower = Bits.signExtend(c.value() & 0xffffffffL, 32);
        if (c.width() >= 32) {
            Optional<String> name = ErrorNames.of(Bits.signExtend(c.value(), c.width()));
            if (name.isPresent()) {
                return name.get();
            }
        }
        return c.width() == 64 && c.value() >>> 32 == 0
                ? ErrorNames.of(lower).map(n -> "(u32)" + n).orElseGet(() -> number(c))
                : number(c);
    }

    static String symbol(String name) {
        if (name.startsWith("ret:")) {
            return call(name.substring(4)) + " result";
        }
        if (name.startsWith(REGISTER) && name.indexOf('@') > 0) {
            return name.substring(REGISTER.length(), name.indexOf('@')) + when(name.substring(name.indexOf('@') + 1));
        }
        if (name.startsWith("&local")) {
            return "a local variable";
        }
        return name.startsWith("&.") ? "code address" : name;
    }

    private static String call(String tag) {
        if (tag.startsWith("call through a pointer")) {
            return tag.endsWith("#1")
                    ? "the indirect call"
                    : "indirect call" + tag.substring(22).replace("#", " ");
        }
        return tag.endsWith("#1") ? tag.substring(0, tag.length() - 2) + "()" : tag.replace("#", "() number ");
    }

    static String when(String tag) {
        int read = tag.indexOf(" read ");
        String base = read < 0 ? tag : tag.substring(0, read);
        String at = base.equals("entry") ? " at entry" : " after " + call(base);
        return read < 0 ? at : at + " (read " + tag.substring(read + 6) + ")";
    }
}
