// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;
import org.patchoscope.semantics.ir.Lifted;

/** Additions, subtractions and comparisons. */
final class Addition {
    private Addition() {}

    static void register(Map<String, Rule> rules) {
        rules.put("add", Addition::add);
        rules.put("sub", Addition::sub);
        rules.put("cmp", i -> Flags.ofSubtraction(i, i.get(0), i.get(1)));
        rules.put("adc", Addition::addWithCarry);
        rules.put("sbb", Addition::subtractWithBorrow);
        rules.put("inc", Addition::increment);
        rules.put("dec", Addition::decrement);
        rules.put("neg", Addition::negate);
        rules.put("adcx", i -> addThrough(i, "cf"));
        rules.put("adox", i -> addThrough(i, "of"));
    }

    /** What a read-modify-write instruction is counted as. */
    static void kind(Insn i) {
        i.kind(i.isMemory(0) ? Lifted.Kind.STORE : Lifted.Kind.ARITHMETIC);
    }

    private static void add(Insn i) {
        kind(i);
        Expr a = i.get(0);
        Expr b = i.get(1);
        Flags.ofAddition(i, a, b);
        i.set(0, i.x.add(a, b));
    }

    private static void sub(Insn i) {
        kind(i);
        Expr a = i.get(0);
        Expr b = i.get(1);
        Flags.ofSubtraction(i, a, b);
        i.set(0, i.x.sub(a, b));
    }

    private static void addWithCarry(Insn i) {
        kind(i);
        Exprs x = i.x;
        Expr a = i.get(0);
        Expr b = i.get(1);
        Expr carry = i.keep("carry", x.reg("cf", 1));
        Expr r = x.add(x.add(a, b), x.zeroExtend(carry, a.width()));
        i.setFlag("cf", carryOut(x, a, r, carry));
        Flags.ofSum(i, a, b, r);
        i.set(0, r);
    }

    private static Expr carryOut(Exprs x, Expr a, Expr r, Expr carry) {
        return x.or(x.binary(BinaryOp.ULT, r, a), x.and(carry, x.eq(r, a)));
    }

    private static void subtractWithBorrow(Insn i) {
        kind(i);
        Exprs x = i.x;
        Expr a = i.get(0);
        Expr b = i.get(1);
        Expr carry = i.keep("carry", x.reg("cf", 1));
        Expr r = x.sub(x.sub(a, b), x.zeroExtend(carry, a.width()));
        Flags.ofSubtractionWithBorrow(i, a, b, r, carry);
        i.set(0, r);
    }

    private static void increment(Insn i) {
        kind(i);
        Expr a = i.get(0);
        Expr one = i.x.constant(1, a.width());
        Expr r = i.x.add(a, one);
        Flags.ofSum(i, a, one, r);
        i.set(0, r);
    }

    private static void decrement(Insn i) {
        kind(i);
        Expr a = i.get(0);
        Expr one = i.x.constant(1, a.width());
        Flags.ofDifference(i, a, one);
        i.set(0, i.x.sub(a, one));
    }

    private static void negate(Insn i) {
        kind(i);
        Expr a = i.get(0);
        Flags.ofSubtraction(i, i.x.constant(0, a.width()), a);
        i.set(0, i.x.unary(UnaryOp.NEG, a));
    }

    private static void addThrough(Insn i, String flag) {
        Exprs x = i.x;
        Expr a = i.get(0);
        Expr carry = i.keep("carry", x.reg(flag, 1));
        Expr r = x.add(x.add(a, i.get(1)), x.zeroExtend(carry, a.width()));
        i.setFlag(flag, carryOut(x, a, r, carry));
        i.set(0, r);
    }
}
