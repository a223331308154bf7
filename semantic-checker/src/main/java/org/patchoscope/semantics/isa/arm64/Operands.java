// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Operand;

/** Shifted and extended operands. */
final class Operands {
    private Operands() {}

    /** The last source operand: a register or number at {@code i}, with the modifier after it if any. */
    static Expr source(Insn insn, int i, int width) {
        Exprs x = insn.x;
        Operand.Modifier m = i + 1 < insn.count() && insn.operand(i + 1) instanceof Operand.Modifier k ? k : null;
        return switch (insn.operand(i)) {
            case Operand.Immediate n -> {
                if (m != null && !m.kind().equals("lsl")) {
                    throw new NotLifted("modifier " + m.kind() + " of a number");
                }
                yield x.constant(n.value() << (m == null ? 0 : m.amount()), width);
            }
            case Operand.Register r -> {
                Expr value = Registers.read(x, r.name());
                yield m == null ? value : modified(x, value, m, width);
            }
            case Operand.Memory o -> throw new NotLifted("memory as a source");
            case Operand.Modifier o -> throw new NotLifted("modifier as a source");
            case Operand.Condition o -> throw new NotLifted("condition as a source");
            case Operand.SystemRegister o -> throw new NotLifted("system register as a source");
            case Operand.Word o -> throw new NotLifted(o.text() + " as a source");
        };
    }

    /** {@code value} with a shift or extension applied, {@code width} bits wide. */
    static Expr modified(Exprs x, Expr value, Operand.Modifier m, int width) {
        Expr amount = x.constant(m.amount(), width);
        return switch (m.kind()) {
            case "lsl" -> x.binary(BinaryOp.SHL, value, amount);
            case "lsr" -> x.binary(BinaryOp.LSHR, value, amount);
            case "asr" -> x.binary(BinaryOp.ASHR, value, amount);
            case "ror" -> rotateRight(x, value, m.amount());
            default -> x.binary(BinaryOp.SHL, extended(x, value, m.kind(), width), amount);
        };
    }

    private static Expr extended(Exprs x, Expr value, String kind, int width) {
        int from = switch (kind.charAt(3)) {
            case 'b' -> 8;
            case 'h' -> 16;
            case 'w' -> 32;
            case 'x' -> 64;
            default -> throw new NotLifted("modifier " + kind);
        };
        Expr low = x.extract(value, 0, Math.min(Math.min(from, width), value.width()));
        return kind.startsWith("s") ? x.signExtend(low, width) : x.zeroExtend(low, width);
    }

    static Expr rotateRight(Exprs x, Expr value, int amount) {
        int w = value.width();
        int n = Math.floorMod(amount, w);
        return n == 0 ? value : x.concat(x.extract(value, 0, n), x.extract(value, n, w - n));
    }
}
