// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.solver.Z3Solver;

/** The conditions of many pairs of paths are those of all of them, or it is said of how many they are not. */
class FindingConditionsTest {
    private final Exprs x = new Exprs();
    private final Expr value = x.sym("value", 16);

    @Test
    void whatDoesNotDecideIsNoPartOfTheCondition() {
        Expr flag = x.sym("flag", 1);

        FindingConditions.Shortest shortest = shortest(flag, values -> List.of(is(number(values)), flag));

        assertThat(shortest.cases()).containsExactly(List.of(flag));
        assertThat(shortest.left()).isZero();
    }

    @Test
    void everyCaseIsFoundWhateverInputsAreTriedFirst() {
        Expr flag = x.sym("flag", 1);
        Expr other = x.sym("other", 1);

        FindingConditions.Shortest shortest = shortest(
                x.or(flag, other),
                values -> Stream.of(flag, other)
                        .map(f -> new Valuation(values).of(f) == 1 ? f : x.not(f))
                        .toList());

        assertThat(shortest.cases()).containsExactlyInAnyOrder(List.of(flag), List.of(other));
        assertThat(shortest.left()).isZero();
    }

    @Test
    void thatThereAreMoreCasesThanAreTriedIsSaid() {
        Expr odd = x.extract(value, 0, 1);

        FindingConditions.Shortest shortest = shortest(odd, values -> List.of(is(number(values))));

        assertThat(shortest.cases()).hasSize(60);
        assertThat(shortest.left()).isPositive();
    }

    @Test
    void noConditionLetsInAnythingThatDoesNotBelongThere() {
        Expr a = x.sym("a", 1);
        Expr b = x.sym("b", 1);
        Expr c = x.sym("c", 1);
        Expr inside = x.or(x.and(a, b), x.and(x.not(a), c));

        FindingConditions.Shortest shortest = shortest(
                inside,
                values -> Stream.of(a, b, c)
                        .map(e -> new Valuation(values).of(e) == 1 ? e : x.not(e))
                        .toList());

        Expr told = shortest.cases().stream()
                .map(cube -> cube.stream().reduce(x.yes(), x::and))
                .reduce(x.no(), x::or);
        try (Solver solver = new Z3Solver()) {
            assertThat(solver.check(List.of(x.xor(told, inside)))).isInstanceOf(Solver.Answer.Unsatisfiable.class);
        }
    }

    private int number(Map<Expr, Long> values) {
        return (int) new Valuation(values).of(value);
    }

    private FindingConditions.Shortest shortest(Expr inside, FindingConditions.Cases cases) {
        try (Solver solver = new SlicingSolver(new Z3Solver())) {
            return new FindingConditions(x, solver, c -> 0, Long.MAX_VALUE).shortest(inside, 60, cases);
        }
    }

    private Expr is(int number) {
        return x.eq(value, x.constant(number, 16));
    }
}
