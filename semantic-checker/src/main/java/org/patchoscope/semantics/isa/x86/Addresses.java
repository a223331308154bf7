// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Operand;

/**
 * Addresses of memory operands. In 64-bit mode only {@code fs} and {@code gs} have a base, kept in the
 * registers {@code fsbase} and {@code gsbase}; the other segments start at zero (SDM vol. 1, section 3.4.2.1).
 */
final class Addresses {
    private final Exprs x;
    private final Relocations relocations;
    private final long end;

    /** {@code end} is the offset in the section of the byte after the instruction. */
    Addresses(Exprs x, Relocations relocations, long end) {
        this.x = x;
        this.relocations = relocations;
        this.end = end;
    }

    /** The address with its segment's base. */
    Expr linear(Operand.Memory m, boolean withImmediate) {
        Expr offset = effective(m, withImmediate);
        String segment = m.segment();
        boolean based = "fs".equals(segment) || "gs".equals(segment);
        return based ? x.add(x.reg(segment + "base", 64), offset) : offset;
    }

    /** The offset in its segment. */
    Expr effective(Operand.Memory m, boolean withImmediate) {
        if ("rip".equals(m.base())) {
            Expr symbol = relocations.relative();
            return symbol != null ? symbol : x.add(x.sym("&.", 64), end + m.displacement());
        }
        Expr symbol = relocations.displacement(withImmediate);
        int width = width(m);
        Expr sum = register(m.base(), width);
        if (m.index() != null && !m.index().startsWith("riz") && !m.index().startsWith("eiz")) {
            Expr index = register(m.index(), width);
            Expr scaled = x.binary(BinaryOp.SHL, index, x.constant(Integer.numberOfTrailingZeros(m.scale()), width));
            sum = x.add(sum, scaled);
        }
        if (symbol != null && width == 64) {
            return x.add(sum, symbol);
        }
        return x.zeroExtend(x.add(sum, m.displacement()), 64);
    }

    private static int width(Operand.Memory m) {
        String name = m.base() != null ? m.base() : m.index();
        if (name == null || name.equals("riz")) {
            return 64;
        }
        return name.equals("eiz") ? 32 : Registers.part(name).width();
    }

    private Expr register(@Nullable String name, int width) {
        return name == null ? x.constant(0, width) : Registers.read(x, name);
    }
}
