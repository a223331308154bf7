// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Names and parts of general-purpose registers. */
final class Registers {
    private Registers() {}

    static int width(String name) {
        return switch (name.charAt(0)) {
            case 'w' -> 32;
            case 'x' -> 64;
            case 's' -> {
                if (name.equals("sp")) {
                    yield 64;
                }
                throw new NotLifted("floating-point register " + name);
            }
            default -> throw new NotLifted("floating-point register " + name);
        };
    }

    /** The 64-bit register that {@code name} is or is the lower half of. */
    static String full(String name) {
        return name.equals("wsp") ? "sp" : name.charAt(0) == 'w' ? "x" + name.substring(1) : name;
    }

    static boolean isZero(String name) {
        return name.equals("xzr") || name.equals("wzr");
    }

    static Expr read(Exprs x, String name) {
        int width = width(name);
        return isZero(name) ? x.constant(0, width) : x.extract(x.reg(full(name), 64), 0, width);
    }

    /** The register after {@code name}, of the same width; the one after {@code x30} is the zero register. */
    static String next(String name) {
        int number = Integer.parseInt(name.substring(1)) + 1;
        return name.charAt(0) + (number == 31 ? "zr" : Integer.toString(number));
    }
}
