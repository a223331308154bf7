// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.solver.Z3Solver;

/** A witness satisfies its condition, and is zero where it can be. */
class WitnessesTest {
    private final Exprs x = new Exprs();

    @Test
    void whatDoesNotMatterIsZero() {
        Expr a = x.sym("a", 64);
        Expr b = x.sym("b", 64);

        Map<Expr, Long> witness = find(List.of(x.extract(a, 3, 1), x.not(x.eq(x.add(a, b), x.constant(9, 64)))));

        assertThat(witness).containsEntry(a, 8L).containsEntry(b, 0L);
    }

    /** A preemption count that is not zero beside flags of the task: two places, whose addresses cannot both be 0. */
    @Test
    void placesWithDifferentValuesHaveDifferentAddresses() {
        Expr count = word(x.add(x.sym("&__preempt_count", 64), x.sym("percpu", 64)));
        Expr flags = word(x.sym("current", 64));
        List<Expr> condition = List.of(
                x.eq(x.and(count, x.constant(0x7fffffff, 64)), x.constant(0, 64)),
                x.not(x.isZero(count)),
                x.extract(flags, 3, 1));

        Map<Expr, Long> witness = find(condition);

        Valuation values = new Valuation(witness);
        assertThat(condition).allMatch(c -> values.of(c) == 1);
        assertThat(witness).containsEntry(flags, 8L);
    }

    private Expr word(Expr address) {
        return x.apply("memory@entry", 64, List.of(address, x.constant(0, 64)));
    }

    private Map<Expr, Long> find(List<Expr> condition) {
        try (Solver solver = new SlicingSolver(new Z3Solver())) {
            return new Witnesses(x, solver, Long.MAX_VALUE).find(condition);
        }
    }
}
