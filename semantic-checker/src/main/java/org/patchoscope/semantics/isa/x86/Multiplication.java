// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;

/**
 * Multiplication and division. A quotient that does not fit raises a divide error. Vectors have at most
 * 64 bits here: a 64-bit division whose dividend really has 128 is an uninterpreted function.
 */
final class Multiplication {
    private Multiplication() {}

    static void register(Map<String, Rule> rules) {
        rules.put("mul", i -> wide(i, false));
        rules.put("imul", Multiplication::signed);
        rules.put("mulx", Multiplication::withoutFlags);
        rules.put("div", i -> divide(i, false));
        rules.put("idiv", i -> divide(i, true));
    }

    private static void signed(Insn i) {
        if (i.count() == 1) {
            wide(i, true);
            return;
        }
        Exprs x = i.x;
        Expr a = i.get(i.count() == 3 ? 1 : 0);
        Expr b = i.get(i.count() == 3 ? 2 : 1);
        Expr r = x.binary(BinaryOp.MUL, a, b);
        overflow(i, x.not(x.eq(x.binary(BinaryOp.MULHS, a, b), spread(x, r))));
        i.set(0, r);
    }

    private static Expr spread(Exprs x, Expr e) {
        return x.signExtend(Flags.sign(x, e), e.width());
    }

    private static void overflow(Insn i, Expr bit) {
        i.setFlag("cf", bit);
        i.setFlag("of", bit);
        i.undefine("pf", "af", "zf", "sf");
    }

    private static void wide(Insn i, boolean signed) {
        Exprs x = i.x;
        int w = i.width(0);
        Expr a = Registers.read(x, Registers.sized('a', w));
        Expr b = i.get(0);
        Expr low = i.keep("low", x.binary(BinaryOp.MUL, a, b));
        Expr high = i.keep("high", x.binary(signed ? BinaryOp.MULHS : BinaryOp.MULHU, a, b));
        overflow(i, x.not(signed ? x.eq(high, spread(x, low)) : x.isZero(high)));
        setPair(i, w, low, high);
    }

    /** Eight-bit results lie in {@code ax}, the others in two registers. */
    private static void setPair(Insn i, int w, Expr low, Expr high) {
        if (w == 8) {
            i.setRegister("ax", i.x.concat(high, low));
        } else {
            i.setRegister(Registers.sized('a', w), low);
            i.setRegister(Registers.sized('d', w), high);
        }
    }

    private static void withoutFlags(Insn i) {
        Exprs x = i.x;
        Expr a = Registers.read(x, Registers.sized('d', i.width(0)));
        Expr b = i.get(2);
        Expr high = i.keep("high", x.binary(BinaryOp.MULHU, a, b));
        i.set(1, x.binary(BinaryOp.MUL, a, b));
        i.set(0, high);
    }

    private static void divide(Insn i, boolean signed) {
        Exprs x = i.x;
        int w = i.width(0);
        Expr by = i.get(0);
        Expr low = Registers.read(x, Registers.sized('a', w));
        Expr high = Registers.read(x, w == 8 ? "ah" : Registers.sized('d', w));
        Expr narrow = x.eq(high, signed ? spread(x, low) : x.constant(0, w));
        BinaryOp div = signed ? BinaryOp.SDIV : BinaryOp.UDIV;
        BinaryOp rem = signed ? BinaryOp.SREM : BinaryOp.UREM;
        i.emit(new Op.Check(
                signed ? fits(x, high, low, by, narrow) : x.binary(BinaryOp.ULT, high, by), "divide error"));
        Expr quotient = i.keep("quotient", x.ite(narrow, x.binary(div, low, by), widened(x, div, high, low, by)));
        Expr remainder = i.keep("remainder", x.ite(narrow, x.binary(rem, low, by), widened(x, rem, high, low, by)));
        i.undefine(Flags.ALL.toArray(String[]::new));
        setPair(i, w, quotient, remainder);
    }

    private static Expr widened(Exprs x, BinaryOp op, Expr high, Expr low, Expr by) {
        int w = by.width();
        if (w == 64) {
            return x.apply("128-bit " + op, 64, List.of(high, low, by));
        }
        Expr divisor = op == BinaryOp.SDIV || op == BinaryOp.SREM ? x.signExtend(by, 2 * w) : x.zeroExtend(by, 2 * w);
        return x.extract(x.binary(op, x.concat(high, low), divisor), 0, w);
    }

    private static Expr fits(Exprs x, Expr high, Expr low, Expr by, Expr narrow) {
        int w = by.width();
        Expr least = x.constant(1L << (w - 1), w);
        Expr small = x.not(x.and(x.eq(low, least), x.eq(by, x.constant(Bits.mask(w), w))));
        return x.and(x.not(x.isZero(by)), x.ite(narrow, small, fitsWide(x, high, low, by)));
    }

    private static Expr fitsWide(Exprs x, Expr high, Expr low, Expr by) {
        int w = by.width();
        if (w == 64) {
            return x.apply("128-bit quotient fits", 1, List.of(high, low, by));
        }
        Expr dividend = x.concat(high, low);
        Expr q = x.binary(BinaryOp.SDIV, dividend, x.signExtend(by, 2 * w));
        Expr least = x.constant(1L << (2 * w - 1), 2 * w);
        Expr wraps = x.and(x.eq(dividend, least), x.eq(by, x.constant(Bits.mask(w), w)));
        return x.and(x.not(wraps), x.eq(q, x.signExtend(x.extract(q, 0, w), 2 * w)));
    }
}
