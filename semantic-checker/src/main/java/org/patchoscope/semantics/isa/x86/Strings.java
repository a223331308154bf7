// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Operand;

/** String moves, stores and loads, alone or repeated by the count in {@code rcx}. */
final class Strings {
    private static final Map<String, Integer> SIZES = Map.of("b", 8, "w", 16, "d", 32, "q", 64);
    private static final Set<String> REPEATED = Set.of("movs", "stos");

    private Strings() {}

    static void register(Map<String, Rule> rules) {
        SIZES.forEach((suffix, width) -> {
            rules.put("movs" + suffix, i -> repeated(i, () -> move(i, width)));
            rules.put("stos" + suffix, i -> repeated(i, () -> store(i, width)));
            rules.put("lods" + suffix, i -> repeated(i, () -> load(i, width)));
        });
    }

    /** Whether a repeat prefix is known for the instruction; {@code rep ret} is {@code ret}. */
    static boolean mayRepeat(String mnemonic) {
        return mnemonic.equals("ret")
                || REPEATED.stream().anyMatch(s -> mnemonic.length() == 5 && mnemonic.startsWith(s));
    }

    private static void repeated(Insn i, Runnable element) {
        i.kind(Lifted.Kind.STORE);
        for (Operand o : i.decoded.operands()) {
            if (o instanceof Operand.Memory m && ("fs".equals(m.segment()) || "gs".equals(m.segment()))) {
                throw new NotLifted("segment " + m.segment());
            }
        }
        if (i.prefixes().repeat().isEmpty()) {
            element.run();
        } else {
            i.emit(new Op.Repeat("rcx", i.apart(element)));
        }
    }

    private static void move(Insn i, int width) {
        Exprs x = i.x;
        i.store(x.reg("rdi", 64), i.load("element", x.reg("rsi", 64), width));
        advance(i, "rsi", width);
        advance(i, "rdi", width);
    }

    private static void store(Insn i, int width) {
        i.store(i.x.reg("rdi", 64), Registers.read(i.x, Registers.sized('a', width)));
        advance(i, "rdi", width);
    }

    private static void load(Insn i, int width) {
        i.kind(Lifted.Kind.LOAD);
        i.setRegister(Registers.sized('a', width), i.load("element", i.x.reg("rsi", 64), width));
        advance(i, "rsi", width);
    }

    private static void advance(Insn i, String register, int width) {
        Exprs x = i.x;
        Expr step = x.ite(x.reg("df", 1), x.constant(-width / 8, 64), x.constant(width / 8, 64));
        i.setFull(register, x.add(x.reg(register, 64), step));
    }
}
