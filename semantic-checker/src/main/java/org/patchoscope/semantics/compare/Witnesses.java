// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

/** Finds values that satisfy a condition, with as many zeros in them as there can be. */
final class Witnesses {
    private final Exprs x;
    private final Solver solver;

    Witnesses(Exprs x, Solver solver) {
        this.x = x;
        this.solver = solver;
    }

    /** Values for the unknowns of {@code condition}; empty if the solver finds none. */
    Map<Expr, Long> find(List<Expr> condition) {
        List<Expr> all = new ArrayList<>(condition);
        if (!(solver.model(all) instanceof Solver.Answer.Satisfiable)) {
            return Map.of();
        }
        for (Expr unknown : Unknowns.of(condition)) {
            simplify(all, unknown);
        }
        Map<Expr, Long> values = new LinkedHashMap<>();
        if (solver.model(all) instanceof Solver.Answer.Satisfiable s) {
            s.values().forEach(values::put);
        }
        return values;
    }

    private void simplify(List<Expr> all, Expr unknown) {
        if (tryWith(all, x.isZero(unknown)) || unknown.width() == 1) {
            return;
        }
        for (int bit = unknown.width() - 1; bit >= 0; bit--) {
            tryWith(all, x.not(x.extract(unknown, bit, 1)));
        }
    }

    private boolean tryWith(List<Expr> all, Expr more) {
        all.add(more);
        if (solver.check(all) instanceof Solver.Answer.Satisfiable) {
            return true;
        }
        all.removeLast();
        return false;
    }
}
