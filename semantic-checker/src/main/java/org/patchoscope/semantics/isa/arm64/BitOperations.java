// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** Counting and reversing bits and bytes, and the minimum and maximum of two numbers. */
final class BitOperations {
    private BitOperations() {}

    static void register(Map<String, Rule> rules) {
        rules.put("clz", i -> i.set(0, i.x.unary(UnaryOp.CLZ, i.get(1))));
        rules.put("cls", BitOperations::cls);
        rules.put("ctz", i -> i.set(0, i.x.unary(UnaryOp.CLZ, i.x.unary(UnaryOp.REVERSE_BITS, i.get(1)))));
        rules.put("cnt", i -> i.set(0, i.x.unary(UnaryOp.POPCOUNT, i.get(1))));
        rules.put("rbit", i -> i.set(0, i.x.unary(UnaryOp.REVERSE_BITS, i.get(1))));
        rules.put("rev", i -> i.set(0, reverseBytes(i.x, i.get(1), i.width(0))));
        rules.put("rev16", i -> i.set(0, reverseBytes(i.x, i.get(1), 16)));
        rules.put("rev32", i -> i.set(0, reverseBytes(i.x, i.get(1), 32)));
        rules.put("abs", BitOperations::abs);
        rules.put("umin", i -> least(i, BinaryOp.ULT, false));
        rules.put("umax", i -> least(i, BinaryOp.ULT, true));
        rules.put("smin", i -> least(i, BinaryOp.SLT, false));
        rules.put("smax", i -> least(i, BinaryOp.SLT, true));
    }

    /** How many bits below the sign equal it: the zeros at the top of {@code a ^ (a >> 1)}, less one. */
    private static void cls(Insn i) {
        Exprs x = i.x;
        Expr a = i.get(1);
        Expr differs = x.xor(a, x.binary(BinaryOp.ASHR, a, x.constant(1, a.width())));
        i.set(0, x.add(x.unary(UnaryOp.CLZ, differs), -1));
    }

    /** Reverses the bytes within each {@code group} of bits. */
    private static Expr reverseBytes(Exprs x, Expr a, int group) {
        Expr r = null;
        for (int at = 0; at < a.width(); at += 8) {
            int within = at % group;
            Expr b = x.extract(a, at - within + group - 8 - within, 8);
            r = r == null ? b : x.concat(b, r);
        }
        return r == null ? a : r;
    }

    private static void abs(Insn i) {
        Expr a = i.get(1);
        i.set(0, i.x.ite(Flags.sign(i.x, a), i.x.unary(UnaryOp.NEG, a), a));
    }

    private static void least(Insn i, BinaryOp less, boolean greatest) {
        Expr a = i.get(1);
        Expr b = Operands.source(i, 2, i.width(0));
        Expr aFirst = i.x.binary(less, a, b);
        i.set(0, greatest ? i.x.ite(aFirst, b, a) : i.x.ite(aFirst, a, b));
    }
}
