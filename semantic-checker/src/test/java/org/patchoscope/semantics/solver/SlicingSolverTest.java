// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Looking only at what can matter gives the answer that looking at everything gives. */
class SlicingSolverTest {
    private final Exprs x = new Exprs();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void itAnswersAsTheSolverItAsks(long seed) {
        Random random = new Random(seed);
        try (Solver plain = new Z3Solver();
                Solver slicing = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            for (int path = 0; path < 60; path++) {
                List<Expr> known = new ArrayList<>();
                for (int step = 0; step < 12; step++) {
                    Expr next = condition(random);
                    List<Expr> all = new ArrayList<>(known);
                    all.add(next);
                    boolean possible = plain.check(all) instanceof Solver.Answer.Satisfiable;
                    assertThat(slicing.check(known, next) instanceof Solver.Answer.Satisfiable)
                            .as("seed %d, path %d, step %d", seed, path, step)
                            .isEqualTo(possible);
                    assertThat(slicing.check(all) instanceof Solver.Answer.Satisfiable)
                            .isEqualTo(possible);
                    if (possible) {
                        known.add(next);
                    }
                }
            }
        }
    }

    @Test
    void aContradictionIsAskedAboutOnce() {
        try (Solver slicing = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            Expr a = x.sym("a", 8);
            Expr small = x.binary(BinaryOp.ULT, a, x.constant(3, 8));
            Expr large = x.binary(BinaryOp.ULT, x.constant(7, 8), a);
            slicing.check(List.of(small), large);
            long asked = slicing.queries();

            for (int i = 0; i < 10; i++) {
                Expr other = x.eq(x.sym("b" + i, 8), x.constant(i, 8));
                assertThat(slicing.check(List.of(small, other), large)).isInstanceOf(Solver.Answer.Unsatisfiable.class);
            }

            assertThat(slicing.queries()).isEqualTo(asked);
        }
    }

    /** As a function's result is asked for on many paths that differ in what the result does not hang on. */
    @Test
    void valuesOfATermAreAskedForOnceWhateverElseIsKnown() {
        try (Solver slicing = new SlicingSolver(new Z3Solver())) {
            Expr a = x.sym("a", 8);
            Expr b = x.sym("b", 8);
            List<Expr> linked = List.of(x.eq(a, x.add(b, 2)), x.eq(b, x.constant(5, 8)));
            for (int i = 0; i < 10; i++) {
                List<Expr> known = new ArrayList<>(linked);
                known.add(x.eq(x.sym("c" + i, 8), x.constant(i, 8)));

                Solver.Answer answer = slicing.values(known, x.add(a, 1));

                assertThat(answer)
                        .isInstanceOfSatisfying(
                                Solver.Answer.Satisfiable.class,
                                s -> assertThat(new Valuation(s.values()).of(x.add(a, 1)))
                                        .isEqualTo(8));
            }
            assertThat(slicing.queries()).isEqualTo(1);
        }
    }

    private Expr condition(Random random) {
        Expr a = x.sym("v" + random.nextInt(4), 8);
        Expr b = random.nextBoolean() ? x.sym("v" + random.nextInt(4), 8) : x.constant(random.nextInt(256), 8);
        Expr c = switch (random.nextInt(3)) {
            case 0 -> x.eq(x.and(a, x.constant(1L << random.nextInt(8), 8)), x.constant(0, 8));
            case 1 -> x.binary(BinaryOp.ULT, a, b);
            default -> x.eq(x.add(a, random.nextInt(5)), b);
        };
        return random.nextBoolean() ? c : x.not(c);
    }
}
