// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import com.microsoft.z3.Params;
import com.microsoft.z3.Statistics;
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
 * Z3 as a {@link Solver}. One solver object is asked many questions with assumptions, which is some sixty times faster than a
 * new one each. It has to find values for all that it was ever asked about, so it is replaced from time to time; and it
 * simplifies nothing before it searches, so what it does not find soon is asked of one that does (values by case of many joined
 * paths take the first minutes, the second milliseconds). Limits are Z3's resource units, so that results do not depend on how
 * busy the machine is. To be used by one thread.
 */
public final class Z3Solver implements Solver {
    private static final int SOON = 200_000;
    private static final int RESOURCE_LIMIT = 20_000_000;
    private static final int QUESTIONS_OF_ONE = 100;

    private final Context context = new Context();
    private final Z3Terms terms = new Z3Terms(context);
    private com.microsoft.z3.Solver solver = fresh(context);
    private long queries;
    private long work;
    private int counted;

    private static com.microsoft.z3.Solver fresh(Context context) {
        com.microsoft.z3.Solver s = context.mkSimpleSolver();
        s.setParameters(limited(context, SOON));
        return s;
    }

    private static Params limited(Context context, int units) {
        Params p = context.mkParams();
        p.add("rlimit", units);
        return p;
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
        if (++queries % QUESTIONS_OF_ONE == 0) {
            solver = fresh(context);
        }
        BoolExpr[] assumptions = conditions.stream().map(terms::condition).toArray(BoolExpr[]::new);
        Status status = solver.check(assumptions);
        note(solver);
        return switch (status) {
            case UNSATISFIABLE -> new Answer.Unsatisfiable(core(conditions));
            case UNKNOWN -> askAlone(conditions, assumptions, wantValues);
            case SATISFIABLE -> new Answer.Satisfiable(wantValues ? values(solver.getModel(), conditions) : Map.of());
        };
    }

    private Answer askAlone(Collection<Expr> conditions, BoolExpr[] assertions, boolean wantValues) {
        com.microsoft.z3.Solver alone = context.mkSolver();
        alone.setParameters(limited(context, RESOURCE_LIMIT));
        alone.add(assertions);
        Status status = alone.check();
        note(alone);
        return switch (status) {
            case UNSATISFIABLE -> new Answer.Unsatisfiable(Set.copyOf(conditions));
            case UNKNOWN -> new Answer.Unknown(alone.getReasonUnknown());
            case SATISFIABLE -> new Answer.Satisfiable(wantValues ? values(alone.getModel(), conditions) : Map.of());
        };
    }

    /** The units are counted for all solvers of a context together. */
    private void note(com.microsoft.z3.Solver asked) {
        Statistics.Entry units = asked.getStatistics().get("rlimit count");
        if (units != null) {
            work += Integer.toUnsignedLong(units.getUIntValue() - counted); // the counter has 32 bits
            counted = units.getUIntValue();
        }
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

    /** Z3's resource units. */
    @Override
    public long work() {
        return work;
    }

    @Override
    public void close() {
        context.close();
    }
}
