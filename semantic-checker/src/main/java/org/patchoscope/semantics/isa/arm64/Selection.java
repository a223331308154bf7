// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** Conditional selections and conditional comparisons. */
final class Selection {
    private Selection() {}

    static void register(Map<String, Rule> rules) {
        rules.put("csel", i -> select(i, e -> e));
        rules.put("csinc", i -> select(i, e -> i.x.add(e, 1)));
        rules.put("csinv", i -> select(i, i.x::not));
        rules.put("csneg", i -> select(i, e -> i.x.unary(UnaryOp.NEG, e)));
        rules.put("cset", i -> constants(i, 1));
        rules.put("csetm", i -> constants(i, -1));
        rules.put("cinc", i -> change(i, e -> i.x.add(e, 1)));
        rules.put("cinv", i -> change(i, i.x::not));
        rules.put("cneg", i -> change(i, e -> i.x.unary(UnaryOp.NEG, e)));
        rules.put("ccmp", i -> compare(i, false));
        rules.put("ccmn", i -> compare(i, true));
    }

    private static void select(Insn i, UnaryOperator<Expr> otherwise) {
        i.set(0, i.x.ite(Flags.condition(i.x, i.name(3)), i.get(1), otherwise.apply(i.get(2))));
    }

    private static void constants(Insn i, long value) {
        int width = i.width(0);
        Exprs x = i.x;
        i.set(0, x.ite(Flags.condition(x, i.name(1)), x.constant(value, width), x.constant(0, width)));
    }

    private static void change(Insn i, UnaryOperator<Expr> changed) {
        Expr a = i.get(1);
        i.set(0, i.x.ite(Flags.condition(i.x, i.name(2)), changed.apply(a), a));
    }

    /** The condition is kept first, because it reads the flags that are written. */
    private static void compare(Insn i, boolean negative) {
        Exprs x = i.x;
        Expr condition = i.keep("condition", Flags.condition(x, i.name(3)));
        Expr a = i.get(0);
        Expr b = i.isRegister(1) ? i.get(1) : x.constant(i.immediate(1), a.width());
        Flags compared = negative ? Flags.ofAddition(x, a, b) : Flags.ofSubtraction(x, a, b);
        Flags.choose(x, condition, compared, Flags.ofNumber(x, i.immediate(2))).emit(i);
    }
}
