// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Names and parts of the general-purpose registers: Intel SDM vol. 1, section 3.4.1. */
final class Registers {
    /** All sixteen, by the names of their 64-bit forms. */
    static final List<String> ALL = List.of(
            "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15");

    /** A part of a register: {@code width} bits from bit {@code low} on. */
    record Part(String full, int low, int width) {}

    private static final Map<String, Part> PARTS = parts();

    private Registers() {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new HashMap<>();
        for (String r : ALL) {
            boolean numbered = Character.isDigit(r.charAt(1));
            String root = r.substring(1);
            parts.put(r, new Part(r, 0, 64));
            parts.put(numbered ? r + "d" : "e" + root, new Part(r, 0, 32));
            parts.put(numbered ? r + "w" : root, new Part(r, 0, 16));
            boolean letter = root.endsWith("x") && !numbered;
            parts.put(numbered ? r + "b" : letter ? root.charAt(0) + "l" : root + "l", new Part(r, 0, 8));
            if (letter) {
                parts.put(root.charAt(0) + "h", new Part(r, 8, 8));
            }
        }
        return Map.copyOf(parts);
    }

    static @Nullable Part find(String name) {
        return PARTS.get(name);
    }

    static Part part(String name) {
        Part p = PARTS.get(name);
        if (p == null) {
            throw new NotLifted("register " + name);
        }
        return p;
    }

    static Expr read(Exprs x, String name) {
        Part p = part(name);
        return x.extract(x.reg(p.full(), 64), p.low(), p.width());
    }

    /**
     * What the full register becomes when {@code value} is written to a part of it: 32-bit writes clear
     * the upper half, 8- and 16-bit writes keep the other bits.
     */
    static Expr merged(Exprs x, Part p, Expr value) {
        if (p.width() >= 32) {
            return x.zeroExtend(value, 64);
        }
        Expr old = x.reg(p.full(), 64);
        int top = p.low() + p.width();
        Expr low = p.low() == 0 ? value : x.concat(value, x.extract(old, 0, p.low()));
        return x.concat(x.extract(old, top, 64 - top), low);
    }

    /** The accumulator, or another of the first four registers by its letter, at a width. */
    static String sized(char letter, int width) {
        return switch (width) {
            case 8 -> letter + "l";
            case 16 -> letter + "x";
            case 32 -> "e" + letter + "x";
            default -> "r" + letter + "x";
        };
    }
}
