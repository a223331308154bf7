// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.Collection;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.work.WorkTime;

/** Asks before each question whether there is time for it: nearly all that takes long asks a solver again and again. */
public final class StoppableSolver implements Solver {
    private final Solver solver;
    private final WorkTime time;

    public StoppableSolver(Solver solver, WorkTime time) {
        this.solver = solver;
        this.time = time;
    }

    @Override
    public Answer check(Collection<Expr> conditions) {
        time.check();
        return solver.check(conditions);
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        time.check();
        return solver.model(conditions);
    }

    @Override
    public Answer check(Collection<Expr> known, Expr extra) {
        time.check();
        return solver.check(known, extra);
    }

    @Override
    public Answer values(Collection<Expr> known, Expr term) {
        time.check();
        return solver.values(known, term);
    }

    @Override
    public long queries() {
        return solver.queries();
    }

    @Override
    public long work() {
        return solver.work();
    }

    @Override
    public void close() {
        solver.close();
    }
}
