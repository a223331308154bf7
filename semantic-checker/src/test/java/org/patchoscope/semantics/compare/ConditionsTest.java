// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;

/** The conditions of many pairs of paths are those of all of them, or it is said of how many they are not. */
class ConditionsTest {
    private final Exprs x = new Exprs();
    private final Expr value = x.sym("value", 16);

    @Test
    void whatAllCasesHaveInCommonIsTheConditionOfAll() {
        Expr flag = x.sym("flag", 1);
        List<List<Expr>> inside =
                IntStream.range(0, 300).mapToObj(i -> List.of(is(i), flag)).toList();

        Conditions.Shortest shortest = shortest(inside, List.of(List.of(x.not(flag))));

        assertThat(shortest.cases()).containsExactly(List.of(flag));
        assertThat(shortest.left()).isZero();
    }

    @Test
    void aCaseAfterManyThatAreAlikeIsNotForgotten() {
        Expr flag = x.sym("flag", 1);
        Expr other = x.sym("other", 1);
        List<List<Expr>> inside = new ArrayList<>(
                IntStream.range(0, 100).mapToObj(i -> List.of(flag, is(i))).toList());
        inside.add(List.of(x.not(flag), other, is(1), is(1)));

        Conditions.Shortest shortest = shortest(inside, List.of(List.of(x.not(flag), x.not(other))));

        assertThat(shortest.cases()).containsExactlyInAnyOrder(List.of(flag), List.of(other));
        assertThat(shortest.left()).isZero();
    }

    @Test
    void casesThatNothingBringsTogetherAreCountedWhereTheyAreTooMany() {
        List<List<Expr>> odd =
                IntStream.range(0, 100).mapToObj(i -> List.of(is(2 * i + 1))).toList();
        List<List<Expr>> even =
                IntStream.range(0, 100).mapToObj(i -> List.of(is(2 * i))).toList();

        Conditions.Shortest shortest = shortest(odd, even);

        assertThat(shortest.cases().size() + shortest.left()).isEqualTo(100);
        assertThat(shortest.left()).isPositive();
    }

    private Conditions.Shortest shortest(List<List<Expr>> inside, List<List<Expr>> outside) {
        try (Solver solver = new SlicingSolver(new Z3Solver())) {
            return new Conditions(x, solver, c -> 0).shortest(inside, outside);
        }
    }

    private Expr is(int number) {
        return x.eq(value, x.constant(number, 16));
    }
}
