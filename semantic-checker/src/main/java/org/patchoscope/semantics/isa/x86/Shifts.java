// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Operand;

/**
 * Shifts and rotations. The count is taken modulo 32, or 64 for 64-bit operands; a count of zero changes
 * no flag, and the overflow flag is defined for a count of one only (SDM vol. 2, SAL/SAR/SHL/SHR,
 * RCL/RCR/ROL/ROR, SHLD, SHRD).
 */
final class Shifts {
    private Shifts() {}

    static void register(Map<String, Rule> rules) {
        rules.put("shl", i -> shift(i, BinaryOp.SHL));
        rules.put("shr", i -> shift(i, BinaryOp.LSHR));
        rules.put("sar", i -> shift(i, BinaryOp.ASHR));
        rules.put("rol", i -> rotate(i, true));
        rules.put("ror", i -> rotate(i, false));
        rules.put("shld", i -> doubleShift(i, true));
        rules.put("shrd", i -> doubleShift(i, false));
        rules.put("shlx", i -> withoutFlags(i, BinaryOp.SHL));
        rules.put("shrx", i -> withoutFlags(i, BinaryOp.LSHR));
        rules.put("sarx", i -> withoutFlags(i, BinaryOp.ASHR));
        rules.put("rorx", i -> i.set(0, rotated(i.x, i.get(1), count(i, 2), false)));
    }

    /** The masked count at the width of the first operand; one where the instruction names none. */
    private static Expr count(Insn i, int operand) {
        int width = i.width(0);
        long mask = width == 64 ? 63 : 31;
        if (operand >= i.count()) {
            return i.x.constant(1, width);
        }
        return switch (i.operand(operand)) {
            case Operand.Immediate n -> i.x.constant(n.value() & mask, width);
            default -> i.x.resize(i.x.and(i.get(operand), i.x.constant(mask, i.width(operand))), width);
        };
    }

    private static void shift(Insn i, BinaryOp op) {
        Addition.kind(i);
        Exprs x = i.x;
        Expr a = i.get(0);
        Expr n = count(i, 1);
        Expr r = x.binary(op, a, n);
        if (!n.isConst(0)) {
            Expr none = x.isZero(n);
            Expr before = x.binary(op, a, x.add(n, -1));
            Expr out = op == BinaryOp.SHL ? Flags.sign(x, before) : x.extract(before, 0, 1);
            if (op == BinaryOp.ASHR || a.width() >= 32 || n instanceof Expr.Const c && c.value() < a.width()) {
                i.setFlagUnless(none, "cf", out);
            } else {
                // More is shifted out than an 8- or 16-bit operand has.
                i.undefine("cf");
            }
            Expr sign = Flags.sign(x, a);
            overflow(i, n, op == BinaryOp.ASHR ? x.no() : op == BinaryOp.LSHR ? sign : x.xor(Flags.sign(x, r), sign));
            Flags.ofResultUnless(i, none, r);
        }
        i.set(0, r);
    }

    private static void overflow(Insn i, Expr n, Expr bit) {
        if (n.isConst(1)) {
            i.setFlag("of", bit);
        } else {
            i.undefine("of");
        }
    }

    private static void rotate(Insn i, boolean left) {
        Addition.kind(i);
        Exprs x = i.x;
        Expr a = i.get(0);
        Expr n = count(i, 1);
        Expr r = rotated(x, a, n, left);
        if (!n.isConst(0)) {
            int top = r.width() - 1;
            i.setFlagUnless(x.isZero(n), "cf", x.extract(r, left ? 0 : top, 1));
            overflow(i, n, x.xor(Flags.sign(x, r), x.extract(r, left ? 0 : top - 1, 1)));
        }
        i.set(0, r);
    }

    private static Expr rotated(Exprs x, Expr a, Expr n, boolean left) {
        int w = a.width();
        Expr m = x.and(n, x.constant(w - 1L, w));
        Expr rest = x.sub(x.constant(w, w), m);
        // A shift by the width gives zero, which is right for a rotation by nothing.
        return x.or(x.binary(BinaryOp.SHL, a, left ? m : rest), x.binary(BinaryOp.LSHR, a, left ? rest : m));
    }

    private static void doubleShift(Insn i, boolean left) {
        Addition.kind(i);
        Exprs x = i.x;
        Expr a = i.get(0);
        int w = a.width();
        if (w < 32) {
            throw new NotLifted("16-bit operands");
        }
        Expr b = i.get(1);
        Expr n = count(i, 2);
        Expr rest = x.sub(x.constant(w, w), n);
        BinaryOp here = left ? BinaryOp.SHL : BinaryOp.LSHR;
        Expr r = x.or(x.binary(here, a, n), x.binary(left ? BinaryOp.LSHR : BinaryOp.SHL, b, rest));
        if (!n.isConst(0)) {
            Expr before = x.binary(here, a, x.add(n, -1));
            i.setFlagUnless(x.isZero(n), "cf", left ? Flags.sign(x, before) : x.extract(before, 0, 1));
            overflow(i, n, x.xor(Flags.sign(x, r), Flags.sign(x, a)));
            Flags.ofResultUnless(i, x.isZero(n), r);
        }
        i.set(0, r);
    }

    private static void withoutFlags(Insn i, BinaryOp op) {
        i.set(0, i.x.binary(op, i.get(1), count(i, 2)));
    }
}
