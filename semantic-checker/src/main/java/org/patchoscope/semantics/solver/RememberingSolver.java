// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;

/**
 * Tries values that satisfied earlier questions before it asks another solver: of the two ways of a
 * branch, one is nearly always satisfied by the values that led there.
 */
public final class RememberingSolver implements Solver {
    private static final int REMEMBERED = 64;

    private final Solver solver;
    private final Deque<Valuation> recent = new ArrayDeque<>();

    public RememberingSolver(Solver solver) {
        this.solver = solver;
    }

    @Override
    public Answer check(Collection<Expr> conditions) {
        if (remembered(conditions)) {
            return new Answer.Satisfiable(Map.of());
        }
        return model(conditions);
    }

    private boolean remembered(Collection<Expr> conditions) {
        for (Iterator<Valuation> i = recent.iterator(); i.hasNext(); ) {
            Valuation v = i.next();
            if (conditions.stream().allMatch(c -> v.of(c) == 1)) {
                i.remove();
                recent.addFirst(v);
                return true;
            }
        }
        return false;
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        Answer answer = solver.model(conditions);
        if (answer instanceof Answer.Satisfiable s) {
            recent.addFirst(new Valuation(s.values()));
            if (recent.size() > REMEMBERED) {
                recent.removeLast();
            }
        }
        return answer;
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
