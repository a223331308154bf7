// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;

/** Bitwise operations. */
final class Logic {
    private Logic() {}

    static void register(Map<String, Rule> rules) {
        rules.put("and", plain(BinaryOp.AND, false));
        rules.put("bic", plain(BinaryOp.AND, true));
        rules.put("orr", plain(BinaryOp.OR, false));
        rules.put("orn", plain(BinaryOp.OR, true));
        rules.put("eor", plain(BinaryOp.XOR, false));
        rules.put("eon", plain(BinaryOp.XOR, true));
        rules.put("ands", i -> flagged(i, i.get(1), Operands.source(i, 2, i.width(0)), true));
        rules.put("bics", i -> flagged(i, i.get(1), i.x.not(Operands.source(i, 2, i.width(0))), true));
        rules.put("tst", i -> flagged(i, i.get(0), Operands.source(i, 1, i.width(0)), false));
        rules.put("mvn", Logic::mvn);
    }

    private static Rule plain(BinaryOp op, boolean inverted) {
        return i -> {
            Expr b = Operands.source(i, 2, i.width(0));
            i.set(0, i.x.binary(op, i.get(1), inverted ? i.x.not(b) : b));
        };
    }

    private static void flagged(Insn i, Expr a, Expr b, boolean keepResult) {
        Expr r = i.x.and(a, b);
        Flags.ofLogic(i.x, r).emit(i);
        if (keepResult) {
            i.set(0, r);
        }
    }

    private static void mvn(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        i.set(0, i.x.not(Operands.source(i, 1, i.width(0))));
    }
}
