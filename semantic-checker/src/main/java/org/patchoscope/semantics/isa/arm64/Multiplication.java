// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** Multiplications and divisions. */
final class Multiplication {
    private Multiplication() {}

    static void register(Map<String, Rule> rules) {
        rules.put("mul", i -> i.set(0, product(i)));
        rules.put("mneg", i -> i.set(0, i.x.unary(UnaryOp.NEG, product(i))));
        rules.put("madd", i -> i.set(0, i.x.add(i.get(3), product(i))));
        rules.put("msub", i -> i.set(0, i.x.sub(i.get(3), product(i))));
        rules.put("umull", i -> i.set(0, wide(i, false)));
        rules.put("smull", i -> i.set(0, wide(i, true)));
        rules.put("umnegl", i -> i.set(0, i.x.unary(UnaryOp.NEG, wide(i, false))));
        rules.put("smnegl", i -> i.set(0, i.x.unary(UnaryOp.NEG, wide(i, true))));
        rules.put("umaddl", i -> i.set(0, i.x.add(i.get(3), wide(i, false))));
        rules.put("smaddl", i -> i.set(0, i.x.add(i.get(3), wide(i, true))));
        rules.put("umsubl", i -> i.set(0, i.x.sub(i.get(3), wide(i, false))));
        rules.put("smsubl", i -> i.set(0, i.x.sub(i.get(3), wide(i, true))));
        rules.put("umulh", i -> i.set(0, i.x.binary(BinaryOp.MULHU, i.get(1), i.get(2))));
        rules.put("smulh", i -> i.set(0, i.x.binary(BinaryOp.MULHS, i.get(1), i.get(2))));
        rules.put("udiv", i -> divide(i, BinaryOp.UDIV));
        rules.put("sdiv", i -> divide(i, BinaryOp.SDIV));
    }

    private static Expr product(Insn i) {
        return i.x.binary(BinaryOp.MUL, i.get(1), i.get(2));
    }

    private static Expr wide(Insn i, boolean signed) {
        Exprs x = i.x;
        Expr a = i.get(1);
        Expr b = i.get(2);
        return signed
                ? x.binary(BinaryOp.MUL, x.signExtend(a, 64), x.signExtend(b, 64))
                : x.binary(BinaryOp.MUL, x.zeroExtend(a, 64), x.zeroExtend(b, 64));
    }

    /** Division by zero gives zero; the least number divided by -1 is itself, as in the expressions. */
    private static void divide(Insn i, BinaryOp op) {
        Expr b = i.get(2);
        i.set(0, i.x.ite(i.x.isZero(b), i.x.constant(0, b.width()), i.x.binary(op, i.get(1), b)));
    }
}
