// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import com.microsoft.z3.Params;
import com.microsoft.z3.Status;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;

/**
 * Z3 as a {@link Solver}. One solver object answers all queries with assumptions, which is some sixty
 * times faster than a new one each; limits are Z3's resource units, so that results do not depend on
 * how busy the machine is. To be used by one thread.
 */
public final class Z3Solver implements Solver {
    private static final int RESOURCE_LIMIT = 20_000_000;

    private final Context context = new Context();
    private final com.microsoft.z3.Solver solver = context.mkSimpleSolver();
    private final Z3Terms terms = new Z3Terms(context);
    private long queries;

    public Z3Solver() {
        Params p = context.mkParams();
        p.add("rlimit", RESOURCE_LIMIT);
        solver.setParameters(p);
    }

    @Override
    public Answer check(Collection<Expr> conditions) {
        return ask(conditions, false);
    }

    @Override
    public Answer model(Collection<Expr> conditions) {
        return ask(conditions, true);
    }

    private Answer ask(Collection<Expr> conditions, boolean wantValues) {
        for (Expr c : conditions) {
            if (c.isConst(0)) {
                return new Answer.Unsatisfiable(Set.of(c));
            }
        }
        queries++;
        BoolExpr[] assumptions = conditions.stream().map(terms::condition).toArray(BoolExpr[]::new);
        Status status = solver.check(assumptions);
        return switch (status) {
            case UNSATISFIABLE -> new Answer.Unsatisfiable(core(conditions));
            case UNKNOWN -> new Answer.Unknown(solver.getReasonUnknown());
            case SATISFIABLE -> new Answer.Satisfiable(wantValues ? values(solver.getModel(), conditions) : Map.of());
        };
    }

    private Set<Expr> core(Collection<Expr> conditions) {
        Set<BoolExpr> core = Set.of(solver.getUnsatCore());
        Set<Expr> found = new LinkedHashSet<>();
        conditions.stream().filter(c -> core.contains(terms.condition(c))).forEach(found::add);
        return found;
    }

    private Map<Expr, Long> values(Model model, Collection<Expr> conditions) {
        Map<Expr, Long> values = new LinkedHashMap<>();
        for (Expr unknown : Unknowns.of(List.copyOf(conditions))) {
            BitVecExpr value = (BitVecExpr) model.eval(terms.bits(unknown), true);
            long v = ((BitVecNum) value).getBigInteger().longValue();
            values.put(unknown, v & Bits.mask(unknown.width()));
        }
        return values;
    }

    @Override
    public long queries() {
        return queries;
    }

    @Override
    public void close() {
        context.close();
    }
}
