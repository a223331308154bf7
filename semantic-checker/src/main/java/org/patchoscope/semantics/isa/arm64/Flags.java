// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** The four condition flags, in forms from which conditions simplify back to comparisons. */
record Flags(Expr n, Expr z, Expr c, Expr v) {

    static Expr sign(Exprs x, Expr e) {
        return x.extract(e, e.width() - 1, 1);
    }

    /** {@code n ^ v} is {@code a < b} for signed numbers, so {@code v} is written as their difference. */
    static Flags ofSubtraction(Exprs x, Expr a, Expr b) {
        Expr n = sign(x, x.sub(a, b));
        Expr v = x.xor(n, x.binary(BinaryOp.SLT, a, b));
        return new Flags(n, x.eq(a, b), x.not(x.binary(BinaryOp.ULT, a, b)), v);
    }

    static Flags ofAddition(Exprs x, Expr a, Expr b) {
        if (b instanceof Expr.Const k && k.value() != 0 && k.value() != 1L << (b.width() - 1)) {
            // cmn with a number compares with its negative; only for zero and the least number do flags differ.
            return ofSubtraction(x, a, x.constant(-k.value() & Bits.mask(b.width()), b.width()));
        }
        Expr r = x.add(a, b);
        return new Flags(sign(x, r), x.isZero(r), x.binary(BinaryOp.ULT, r, a), additionOverflow(x, a, b, r));
    }

    static Expr additionOverflow(Exprs x, Expr a, Expr b, Expr r) {
        return x.and(x.xor(sign(x, a), sign(x, r)), x.xor(sign(x, b), sign(x, r)));
    }

    static Flags ofLogic(Exprs x, Expr r) {
        return new Flags(sign(x, r), x.isZero(r), x.no(), x.no());
    }

    /** The flags as four bits of a number, {@code n} the highest. */
    static Flags ofNumber(Exprs x, long nzcv) {
        return new Flags(
                x.constant(nzcv >> 3, 1), x.constant(nzcv >> 2, 1), x.constant(nzcv >> 1, 1), x.constant(nzcv, 1));
    }

    static Flags choose(Exprs x, Expr condition, Flags a, Flags b) {
        return new Flags(
                x.ite(condition, a.n, b.n),
                x.ite(condition, a.z, b.z),
                x.ite(condition, a.c, b.c),
                x.ite(condition, a.v, b.v));
    }

    /** Writes all four; none of the values may read a flag. */
    void emit(Insn i) {
        i.setFlag("n", n);
        i.setFlag("z", z);
        i.setFlag("c", c);
        i.setFlag("v", v);
    }

    /** Whether the condition named holds, as a formula of the flags. */
    static Expr condition(Exprs x, String name) {
        Expr n = x.reg("n", 1);
        Expr z = x.reg("z", 1);
        Expr c = x.reg("c", 1);
        Expr v = x.reg("v", 1);
        return switch (name) {
            case "eq" -> z;
            case "ne" -> x.not(z);
            case "hs", "cs" -> c;
            case "lo", "cc" -> x.not(c);
            case "mi" -> n;
            case "pl" -> x.not(n);
            case "vs" -> v;
            case "vc" -> x.not(v);
            case "hi" -> x.and(c, x.not(z));
            case "ls" -> x.or(x.not(c), z);
            case "ge" -> x.not(x.xor(n, v));
            case "lt" -> x.xor(n, v);
            case "gt" -> x.not(x.or(z, x.xor(n, v)));
            case "le" -> x.or(z, x.xor(n, v));
            case "al", "nv" -> x.yes();
            default -> throw new NotLifted("condition " + name);
        };
    }
}
