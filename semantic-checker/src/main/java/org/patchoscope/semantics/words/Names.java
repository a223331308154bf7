// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

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
        if (width >= 32 && ErrorNames.of(signed).isPresent()) {
            return ErrorNames.of(signed).get();
        }
        long lower = Bits.signExtend(value & 0xffffffffL, 32);
        if (width == 64 && value >>> 32 == 0 && ErrorNames.of(lower).isPresent()) {
            return "(u32)" + ErrorNames.of(lower).get();
        }
        return signed > -4096 && signed < 4096 ? Long.toString(signed) : "0x" + Long.toHexString(value);
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
