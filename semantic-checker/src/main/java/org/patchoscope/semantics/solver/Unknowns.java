// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.PostOrder;

/** Finds the leaves of expressions whose value is not known: symbols and uninterpreted applications. */
public final class Unknowns {
    private final Set<Expr> seen = new HashSet<>();
    private final Set<Expr> asked = new HashSet<>();
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

    private void visit(Expr root) {
        Deque<Expr> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Expr e = open.pop();
            boolean leaf = e instanceof Expr.Sym || e instanceof Expr.Reg || e instanceof Expr.Apply;
            if (e instanceof Expr.Apply && withArguments && !asked.contains(e)) {
                // After its arguments, as one that is computed from them
                if (!seen.add(e)) {
                    continue;
                }
                asked.add(e);
                open.push(e);
                PostOrder.operands(e).reversed().forEach(open::push);
            } else if (leaf) {
                if (asked.contains(e) || seen.add(e)) {
                    found.add(e);
                }
            } else if (seen.add(e)) {
                PostOrder.operands(e).reversed().forEach(open::push);
            }
        }
    }
}
