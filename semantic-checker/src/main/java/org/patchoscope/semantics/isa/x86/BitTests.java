// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;

/**
 * Tests of single bits, with and without changing them. A bit offset in a register reaches beyond a memory
 * operand, in both directions; otherwise it is taken modulo the width (SDM vol. 2, BT and section 3.1.1.9).
 */
final class BitTests {
    private BitTests() {}

    static void register(Map<String, Rule> rules) {
        rules.put("bt", i -> test(i, null));
        rules.put("bts", i -> test(i, i.x::or));
        rules.put("btr", i -> test(i, (a, bit) -> i.x.and(a, i.x.not(bit))));
        rules.put("btc", i -> test(i, i.x::xor));
    }

    private static void test(Insn i, @Nullable BinaryOperator<Expr> change) {
        Exprs x = i.x;
        int w = i.width(0);
        Expr offset = i.get(1);
        Expr position = x.and(offset, x.constant(w - 1L, w));
        boolean far = i.isMemory(0) && !i.isImmediate(1);
        Expr address = far ? x.add(i.address(0), distance(x, offset)) : null;
        Expr a = address == null ? i.get(0) : i.load("m", address, w);
        i.setFlag("cf", x.extract(x.binary(BinaryOp.LSHR, a, position), 0, 1));
        i.undefine("pf", "af", "sf", "of");
        if (change == null) {
            return;
        }
        i.kind(i.isMemory(0) ? Lifted.Kind.STORE : Lifted.Kind.ARITHMETIC);
        Expr r = change.apply(a, x.binary(BinaryOp.SHL, x.constant(1, w), position));
        if (address == null) {
            i.set(0, r);
        } else {
            i.store(address, r);
        }
    }

    /** Bytes from the operand to the word with the bit. */
    private static Expr distance(Exprs x, Expr offset) {
        int w = offset.width();
        int shift = Integer.numberOfTrailingZeros(w);
        Expr words = x.binary(BinaryOp.ASHR, offset, x.constant(shift, w));
        return x.binary(BinaryOp.SHL, x.signExtend(words, 64), x.constant(shift - 3, 64));
    }
}
