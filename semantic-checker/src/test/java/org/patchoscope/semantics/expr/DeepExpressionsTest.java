// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.solver.Z3Solver;

/** Nothing recurses as deep as an expression, which is as deep as a path is long. */
class DeepExpressionsTest {
    private static final int DEPTH = 200_000;

    private final Exprs x = new Exprs();

    @Test
    void valuesUnknownsAndSubstitutionsOfADeepExpressionNeedNoDeepStack() {
        Expr deep = deep();

        assertThat(new Valuation(Map.of(x.sym("c0", 64), 1L)).of(deep)).isZero();
        assertThat(Unknowns.of(List.of(deep))).contains(x.sym("a", 64), x.sym("b", 64));
        Expr other = new Substitution(x, e -> e == x.sym("a", 64) ? x.sym("c", 64) : null).apply(deep);
        assertThat(Unknowns.leaves(other))
                .contains(x.sym("b", 64), x.sym("c", 64))
                .doesNotContain(x.sym("a", 64));
    }

    @Test
    void theSolverIsAskedAboutADeepExpression() {
        try (Solver solver = new Z3Solver()) {
            Expr condition = x.not(x.eq(deep(5_000, BinaryOp.OR), x.sym("z", 64)));

            assertThat(solver.check(List.of(condition))).isInstanceOf(Solver.Answer.Satisfiable.class);
        }
    }

    private Expr deep() {
        return deep(DEPTH, BinaryOp.MUL);
    }

    private Expr deep(int depth, BinaryOp op) {
        Expr e = x.sym("a", 64);
        for (int i = 0; i < depth; i++) {
            e = x.binary(op, x.xor(e, x.sym("b", 64)), x.sym("c" + i % 7, 64));
        }
        return e;
    }
}
