// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * The status flags, in forms from which conditions simplify back to comparisons. Sources: Intel SDM
 * vol. 1, section 3.4.3.1 and appendix B (conditions); vol. 2 for what each instruction leaves undefined.
 */
final class Flags {
    /** Status flags by their place in RFLAGS. */
    static final Map<String, Integer> BITS = Map.of("cf", 0, "pf", 2, "af", 4, "zf", 6, "sf", 7, "of", 11);

    static final List<String> ALL = List.of("cf", "pf", "af", "zf", "sf", "of");

    /** Conditions of {@code jcc}, {@code setcc} and {@code cmovcc} as LLVM prints them. */
    static final List<String> CONDITIONS =
            List.of("o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g");

    private Flags() {}

    static Expr sign(Exprs x, Expr e) {
        return x.extract(e, e.width() - 1, 1);
    }

    private static Expr parity(Exprs x, Expr r) {
        return x.not(x.extract(x.unary(UnaryOp.POPCOUNT, x.extract(r, 0, 8)), 0, 1));
    }

    /** Sign, zero and parity of a result. */
    static void ofResult(Insn i, Expr r) {
        i.setFlag("pf", parity(i.x, r));
        i.setFlag("zf", i.x.isZero(r));
        i.setFlag("sf", sign(i.x, r));
    }

    /** The same for a shift, whose count may be zero: it then leaves all flags alone. */
    static void ofResultUnless(Insn i, Expr none, Expr r) {
        i.setFlagUnless(none, "pf", parity(i.x, r));
        i.setFlagUnless(none, "zf", i.x.isZero(r));
        i.setFlagUnless(none, "sf", sign(i.x, r));
        i.undefine("af");
    }

    private static void adjust(Insn i, Expr a, Expr b, Expr r) {
        Exprs x = i.x;
        i.setFlag("af", x.xor(x.extract(a, 4, 1), x.xor(x.extract(b, 4, 1), x.extract(r, 4, 1))));
    }

    /** {@code a - b}: {@code sf != of} is {@code a < b} for signed numbers, so it is written that way. */
    static void ofSubtraction(Insn i, Expr a, Expr b) {
        i.setFlag("cf", i.x.binary(BinaryOp.ULT, a, b));
        ofDifference(i, a, b);
    }

    /** All of {@link #ofSubtraction} but the carry: {@code dec}. */
    static void ofDifference(Insn i, Expr a, Expr b) {
        Exprs x = i.x;
        Expr r = x.sub(a, b);
        adjust(i, a, b, r);
        i.setFlag("pf", parity(x, r));
        i.setFlag("zf", x.eq(a, b));
        i.setFlag("sf", sign(x, r));
        i.setFlag("of", x.xor(sign(x, r), x.binary(BinaryOp.SLT, a, b)));
    }

    static void ofAddition(Insn i, Expr a, Expr b) {
        i.setFlag("cf", i.x.binary(BinaryOp.ULT, i.x.add(a, b), a));
        ofSum(i, a, b, i.x.add(a, b));
    }

    /** All flags but the carry of a sum {@code r} (with a carry in, if any): {@code inc}, {@code adc}. */
    static void ofSum(Insn i, Expr a, Expr b, Expr r) {
        Exprs x = i.x;
        adjust(i, a, b, r);
        ofResult(i, r);
        i.setFlag("of", x.and(x.xor(sign(x, a), sign(x, r)), x.xor(sign(x, b), sign(x, r))));
    }

    /** {@code r = a - b - carry}. */
    static void ofSubtractionWithBorrow(Insn i, Expr a, Expr b, Expr r, Expr carry) {
        Exprs x = i.x;
        i.setFlag("cf", x.or(x.binary(BinaryOp.ULT, a, b), x.and(carry, x.eq(a, b))));
        adjust(i, a, b, r);
        ofResult(i, r);
        i.setFlag("of", x.and(x.xor(sign(x, a), sign(x, b)), x.xor(sign(x, a), sign(x, r))));
    }

    static void ofLogic(Insn i, Expr r) {
        i.setFlag("cf", i.x.no());
        i.setFlag("of", i.x.no());
        i.undefine("af");
        ofResult(i, r);
    }

    /** Whether the condition named holds, as a formula of the flags. */
    static Expr condition(Exprs x, String name) {
        Expr cf = x.reg("cf", 1);
        Expr zf = x.reg("zf", 1);
        Expr less = x.xor(x.reg("sf", 1), x.reg("of", 1));
        return switch (name) {
            case "o" -> x.reg("of", 1);
            case "no" -> x.not(x.reg("of", 1));
            case "b" -> cf;
            case "ae" -> x.not(cf);
            case "e" -> zf;
            case "ne" -> x.not(zf);
            case "be" -> x.or(cf, zf);
            case "a" -> x.not(x.or(cf, zf));
            case "s" -> x.reg("sf", 1);
            case "ns" -> x.not(x.reg("sf", 1));
            case "p" -> x.reg("pf", 1);
            case "np" -> x.not(x.reg("pf", 1));
            case "l" -> less;
            case "ge" -> x.not(less);
            case "le" -> x.or(zf, less);
            case "g" -> x.not(x.or(zf, less));
            default -> throw new NotLifted("condition " + name);
        };
    }
}
