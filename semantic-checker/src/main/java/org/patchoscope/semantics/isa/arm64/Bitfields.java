// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Bit fields, shifts and extensions. */
final class Bitfields {
    private Bitfields() {}

    static void register(Map<String, Rule> rules) {
        rules.put("ubfx", i -> i.set(0, i.x.zeroExtend(extracted(i), i.width(0))));
        rules.put("sbfx", i -> i.set(0, i.x.signExtend(extracted(i), i.width(0))));
        rules.put("ubfiz", i -> i.set(0, placed(i, i.x.zeroExtend(lowest(i), i.width(0)))));
        rules.put("sbfiz", i -> i.set(0, placed(i, i.x.signExtend(lowest(i), i.width(0)))));
        rules.put("bfi", i -> i.set(0, insert(i.x, i.get(0), lowest(i), (int) i.immediate(2))));
        rules.put("bfxil", i -> i.set(0, insert(i.x, i.get(0), extracted(i), 0)));
        rules.put("bfc", Bitfields::bfc);
        rules.put("lsl", i -> shift(i, BinaryOp.SHL));
        rules.put("lsr", i -> shift(i, BinaryOp.LSHR));
        rules.put("asr", i -> shift(i, BinaryOp.ASHR));
        rules.put("ror", Bitfields::ror);
        rules.put("extr", Bitfields::extr);
        rules.put("sxtb", i -> i.set(0, i.x.signExtend(i.x.extract(i.get(1), 0, 8), i.width(0))));
        rules.put("sxth", i -> i.set(0, i.x.signExtend(i.x.extract(i.get(1), 0, 16), i.width(0))));
        rules.put("sxtw", i -> i.set(0, i.x.signExtend(i.x.extract(i.get(1), 0, 32), i.width(0))));
        rules.put("uxtb", i -> i.set(0, i.x.zeroExtend(i.x.extract(i.get(1), 0, 8), i.width(0))));
        rules.put("uxth", i -> i.set(0, i.x.zeroExtend(i.x.extract(i.get(1), 0, 16), i.width(0))));
    }

    /** {@code old} with {@code field} in place of its bits from {@code low} on. */
    static Expr insert(Exprs x, Expr old, Expr field, int low) {
        int end = low + field.width();
        Expr r = low == 0 ? field : x.concat(field, x.extract(old, 0, low));
        return end == old.width() ? r : x.concat(x.extract(old, end, old.width() - end), r);
    }

    private static Expr extracted(Insn i) {
        return i.x.extract(i.get(1), (int) i.immediate(2), (int) i.immediate(3));
    }

    private static Expr lowest(Insn i) {
        return i.x.extract(i.get(1), 0, (int) i.immediate(3));
    }

    private static Expr placed(Insn i, Expr field) {
        return i.x.binary(BinaryOp.SHL, field, i.x.constant(i.immediate(2), field.width()));
    }

    private static void bfc(Insn i) {
        i.set(0, insert(i.x, i.get(0), i.x.constant(0, (int) i.immediate(2)), (int) i.immediate(1)));
    }

    /** A shift by a register uses the amount modulo the width. */
    private static Expr amount(Insn i) {
        int width = i.width(0);
        return i.isRegister(2)
                ? i.x.and(i.get(2), i.x.constant(width - 1L, width))
                : i.x.constant(i.immediate(2), width);
    }

    private static void shift(Insn i, BinaryOp op) {
        i.set(0, i.x.binary(op, i.get(1), amount(i)));
    }

    private static void ror(Insn i) {
        Exprs x = i.x;
        Expr a = i.get(1);
        if (!i.isRegister(2)) {
            i.set(0, Operands.rotateRight(x, a, (int) i.immediate(2)));
            return;
        }
        // A rotation by zero shifts left by the whole width, which gives zero.
        Expr right = amount(i);
        Expr left = x.sub(x.constant(a.width(), a.width()), right);
        i.set(0, x.or(x.binary(BinaryOp.LSHR, a, right), x.binary(BinaryOp.SHL, a, left)));
    }

    private static void extr(Insn i) {
        Expr high = i.get(1);
        Expr low = i.get(2);
        int n = (int) i.immediate(3);
        i.set(0, n == 0 ? low : i.x.concat(i.x.extract(high, 0, n), i.x.extract(low, n, low.width() - n)));
    }
}
