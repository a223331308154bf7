// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * Searches for and counts of bits. {@code bsf} and {@code bsr} of zero leave their destination as it is: AMD
 * documents that (APM vol. 3), Intel's processors do it, and the kernel relies on it ({@code fls()} in
 * arch/x86/include/asm/bitops.h).
 */
final class BitScans {
    private BitScans() {}

    static void register(Map<String, Rule> rules) {
        rules.put("bsf", i -> scan(i, trailing(i.x, i.get(1))));
        rules.put("bsr", i -> scan(i, i.x.sub(i.x.constant(i.width(0) - 1L, i.width(0)), leading(i.x, i.get(1)))));
        rules.put("tzcnt", i -> count(i, trailing(i.x, i.get(1))));
        rules.put("lzcnt", i -> count(i, leading(i.x, i.get(1))));
        rules.put("popcnt", BitScans::population);
        rules.put("andn", i -> logic(i, i.x.and(i.x.not(i.get(1)), i.get(2))));
        rules.put("blsr", i -> lowest(i, i.x.and(i.get(1), i.x.add(i.get(1), -1)), false));
        rules.put("blsi", i -> lowest(i, i.x.and(i.get(1), i.x.unary(UnaryOp.NEG, i.get(1))), true));
        rules.put("blsmsk", BitScans::mask);
    }

    private static Expr trailing(Exprs x, Expr a) {
        return x.unary(UnaryOp.CLZ, x.unary(UnaryOp.REVERSE_BITS, a));
    }

    private static Expr leading(Exprs x, Expr a) {
        return x.unary(UnaryOp.CLZ, a);
    }

    private static void scan(Insn i, Expr index) {
        Exprs x = i.x;
        Expr none = x.isZero(i.get(1));
        i.setFlag("zf", none);
        i.undefine("cf", "pf", "af", "sf", "of");
        Registers.Part p = Registers.part(i.register(0));
        Expr old = x.reg(p.full(), 64);
        i.setFull(p.full(), x.ite(none, old, Registers.merged(x, p, index)));
    }

    private static void count(Insn i, Expr r) {
        i.setFlag("cf", i.x.isZero(i.get(1)));
        i.setFlag("zf", i.x.isZero(r));
        i.undefine("pf", "af", "sf", "of");
        i.set(0, r);
    }

    private static void population(Insn i) {
        Exprs x = i.x;
        i.setFlag("zf", x.isZero(i.get(1)));
        for (String f : new String[] {"cf", "pf", "af", "sf", "of"}) {
            i.setFlag(f, x.no());
        }
        i.set(0, x.unary(UnaryOp.POPCOUNT, i.get(1)));
    }

    private static void logic(Insn i, Expr r) {
        Flags.ofLogic(i, r);
        i.undefine("pf");
        i.set(0, r);
    }

    private static void lowest(Insn i, Expr r, boolean carryIfNotZero) {
        Expr zero = i.x.isZero(i.get(1));
        logicWithCarry(i, r, carryIfNotZero ? i.x.not(zero) : zero);
    }

    private static void mask(Insn i) {
        Exprs x = i.x;
        Expr r = x.xor(i.get(1), x.add(i.get(1), -1));
        logicWithCarry(i, r, x.isZero(i.get(1)));
    }

    private static void logicWithCarry(Insn i, Expr r, Expr carry) {
        Expr c = i.keep("carry", carry);
        logic(i, r);
        i.setFlag("cf", c);
    }
}
