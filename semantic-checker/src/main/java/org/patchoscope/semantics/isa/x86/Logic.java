// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.patchoscope.semantics.expr.Expr;

/** Bitwise operations. */
final class Logic {
    private Logic() {}

    static void register(Map<String, Rule> rules) {
        rules.put("and", i -> combine(i, i.x::and));
        rules.put("or", i -> combine(i, i.x::or));
        rules.put("xor", i -> combine(i, i.x::xor));
        rules.put("test", i -> Flags.ofLogic(i, i.x.and(i.get(0), i.get(1))));
        rules.put("not", i -> {
            Addition.kind(i);
            i.set(0, i.x.not(i.get(0)));
        });
    }

    private static void combine(Insn i, BinaryOperator<Expr> op) {
        Addition.kind(i);
        Expr r = op.apply(i.get(0), i.get(1));
        Flags.ofLogic(i, r);
        i.set(0, r);
    }
}
