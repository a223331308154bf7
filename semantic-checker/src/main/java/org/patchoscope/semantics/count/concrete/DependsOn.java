// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.LinkedHashSet;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;

/** The unknowns that an expression depends on, for people. */
final class DependsOn {
    private DependsOn() {}

    static String words(Expr e) {
        Set<String> names = new LinkedHashSet<>();
        collect(e, names);
        return String.join(" and ", names);
    }

    private static void collect(Expr e, Set<String> names) {
        switch (e) {
            case Expr.Sym s -> names.add(s.name());
            case Expr.Const c -> {}
            case Expr.Reg r -> names.add(r.name());
            case Expr.Apply f -> f.arguments().forEach(a -> collect(a, names));
            case Expr.Unary u -> collect(u.operand(), names);
            case Expr.Binary b -> {
                collect(b.left(), names);
                collect(b.right(), names);
            }
            case Expr.Extract t -> collect(t.operand(), names);
            case Expr.Concat k -> {
                collect(k.high(), names);
                collect(k.low(), names);
            }
            case Expr.SignExtend s -> collect(s.operand(), names);
            case Expr.Ite i -> {
                collect(i.condition(), names);
                collect(i.whenTrue(), names);
                collect(i.whenFalse(), names);
            }
        }
    }
}
