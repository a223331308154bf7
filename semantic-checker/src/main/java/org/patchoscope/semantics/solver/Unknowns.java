// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;

/** Finds the leaves of expressions whose value is not known: symbols and uninterpreted applications. */
public final class Unknowns {
    private final Set<Expr> seen = new HashSet<>();
    private final Set<Expr> found = new LinkedHashSet<>();

    private final boolean withArguments;

    private Unknowns(boolean withArguments) {
        this.withArguments = withArguments;
    }

    /** The unknowns of all {@code expressions}, in order of first appearance. */
    public static Set<Expr> of(Collection<Expr> expressions) {
        Unknowns u = new Unknowns(true);
        expressions.forEach(u::visit);
        return u.found;
    }

    /** The unknowns whose values {@code e} is computed from: an application without what is in its arguments. */
    public static Set<Expr> leaves(Expr e) {
        Unknowns u = new Unknowns(false);
        u.visit(e);
        return u.found;
    }

    private void visit(Expr e) {
        if (!seen.add(e)) {
            return;
        }
        switch (e) {
            case Expr.Const c -> {}
            case Expr.Sym s -> found.add(s);
            case Expr.Reg r -> found.add(r);
            case Expr.Apply f -> {
                if (withArguments) {
                    f.arguments().forEach(this::visit);
                }
                found.add(f);
            }
            case Expr.Unary x -> visit(x.operand());
            case Expr.Binary b -> {
                visit(b.left());
                visit(b.right());
            }
            case Expr.Extract x -> visit(x.operand());
            case Expr.Concat k -> {
                visit(k.high());
                visit(k.low());
            }
            case Expr.SignExtend s -> visit(s.operand());
            case Expr.Ite i -> {
                visit(i.condition());
                visit(i.whenTrue());
                visit(i.whenFalse());
            }
        }
    }
}
