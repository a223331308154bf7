// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** Additions and subtractions, with carry and with flags. */
final class Addition {
    private Addition() {}

    static void register(Map<String, Rule> rules) {
        rules.put("add", Addition::add);
        rules.put("adds", i -> adds(i, i.get(1), Operands.source(i, 2, i.width(0)), true));
        rules.put("cmn", i -> adds(i, i.get(0), Operands.source(i, 1, i.width(0)), false));
        rules.put("sub", i -> i.set(0, i.x.sub(i.get(1), Operands.source(i, 2, i.width(0)))));
        rules.put("subs", i -> subs(i, i.get(1), Operands.source(i, 2, i.width(0)), true));
        rules.put("cmp", i -> subs(i, i.get(0), Operands.source(i, 1, i.width(0)), false));
        rules.put("neg", i -> i.set(0, i.x.unary(UnaryOp.NEG, Operands.source(i, 1, i.width(0)))));
        rules.put("negs", i -> subs(i, zero(i), Operands.source(i, 1, i.width(0)), true));
        rules.put("adc", i -> i.set(0, sum(i.x, i.get(1), i.get(2))));
        rules.put("adcs", i -> withCarry(i, i.get(1), i.get(2)));
        rules.put("sbc", i -> i.set(0, sum(i.x, i.get(1), i.x.not(i.get(2)))));
        rules.put("sbcs", i -> withCarry(i, i.get(1), i.x.not(i.get(2))));
        rules.put("ngc", i -> i.set(0, sum(i.x, zero(i), i.x.not(i.get(1)))));
        rules.put("ngcs", i -> withCarry(i, zero(i), i.x.not(i.get(1))));
    }

    private static Expr zero(Insn i) {
        return i.x.constant(0, i.width(0));
    }

    private static void add(Insn i) {
        Expr low = i.isRegister(2) ? null : i.relocations().low12(0);
        i.set(0, i.x.add(i.get(1), low != null ? low : Operands.source(i, 2, i.width(0))));
    }

    private static Expr sum(Exprs x, Expr a, Expr b) {
        return x.add(x.add(a, b), x.zeroExtend(x.reg("c", 1), a.width()));
    }

    private static void adds(Insn i, Expr a, Expr b, boolean keepResult) {
        Flags.ofAddition(i.x, a, b).emit(i);
        if (keepResult) {
            i.set(0, i.x.add(a, b));
        }
    }

    private static void subs(Insn i, Expr a, Expr b, boolean keepResult) {
        Flags.ofSubtraction(i.x, a, b).emit(i);
        if (keepResult) {
            i.set(0, i.x.sub(a, b));
        }
    }

    /** {@code a + b + c} with flags; the carry is kept first because it is also written. */
    private static void withCarry(Insn i, Expr a, Expr b) {
        Exprs x = i.x;
        Expr carry = i.keep("carry", x.reg("c", 1));
        Expr r = x.add(x.add(a, b), x.zeroExtend(carry, a.width()));
        Expr out = x.or(x.binary(BinaryOp.ULT, r, a), x.and(carry, x.eq(r, a)));
        new Flags(Flags.sign(x, r), x.isZero(r), out, Flags.additionOverflow(x, a, b, r)).emit(i);
        i.set(0, r);
    }
}
