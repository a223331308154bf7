// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Values by case. Cases share parts where paths have been joined: each part is looked at once, however many ways lead to it.
 */
public final class Cases {
    private Cases() {}

    /** All values that {@code e} is in one case or another. */
    public static Set<Expr> of(Expr e) {
        Set<Expr> found = new LinkedHashSet<>();
        Set<Expr> seen = new HashSet<>();
        Deque<Expr> open = new ArrayDeque<>(List.of(e));
        while (!open.isEmpty()) {
            Expr at = open.pop();
            if (!seen.add(at)) {
                continue;
            }
            if (at instanceof Expr.Ite i) {
                open.push(i.whenFalse());
                open.push(i.whenTrue());
            } else {
                found.add(at);
            }
        }
        return found;
    }

    /** {@code e} with {@code made} of each value in its place. */
    public static Expr map(Exprs x, Expr e, UnaryOperator<Expr> made) {
        return map(x, e, made, new HashMap<>());
    }

    private static Expr map(Exprs x, Expr e, UnaryOperator<Expr> made, Map<Expr, Expr> done) {
        Expr known = done.get(e);
        if (known == null) {
            known = e instanceof Expr.Ite i
                    ? x.ite(i.condition(), map(x, i.whenTrue(), made, done), map(x, i.whenFalse(), made, done))
                    : made.apply(e);
            done.put(e, known);
        }
        return known;
    }
}
