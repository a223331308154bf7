// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.solver.Z3Solver;

/** Simplification keeps the value of every expression, for random expressions and random inputs. */
class SimplifierTest {
    private record Sample(Expr expr, long value) {}

    private static final int[] WIDTHS = {1, 8, 16, 32, 64};

    private final Exprs x = new Exprs();
    private final Map<Expr, Long> inputs = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 20260101})
    void whatIsBuiltHasTheValueOfWhatWasAskedFor(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            Sample s = sample(random, WIDTHS[random.nextInt(WIDTHS.length)], 5);
            assertThat(new Valuation(inputs).of(s.expr()))
                    .as("seed %d, expression %d: %s", seed, i, s.expr())
                    .isEqualTo(s.value());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8})
    void theSolverAgreesWithTheEvaluation(long seed) {
        Random random = new Random(seed);
        try (Solver solver = new Z3Solver()) {
            for (int i = 0; i < 60; i++) {
                Sample s = sample(random, WIDTHS[random.nextInt(WIDTHS.length)], 3);
                List<Expr> conditions = new java.util.ArrayList<>();
                inputs.forEach((e, v) -> conditions.add(x.eq(e, x.constant(v, e.width()))));
                conditions.add(x.eq(s.expr(), x.constant(s.value(), s.expr().width())));
                assertThat(solver.check(conditions))
                        .as("seed %d, expression %d: %s", seed, i, s.expr())
                        .isInstanceOf(Solver.Answer.Satisfiable.class);
            }
        }
    }

    private Sample sample(Random random, int width, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(random, width);
        }
        return switch (random.nextInt(7)) {
            case 0 -> unary(random, width, depth);
            case 1 -> choice(random, width, depth);
            case 2 -> extract(random, width, depth);
            case 3 -> width == 1 ? comparison(random, depth) : binary(random, width, depth);
            case 4 -> width > 1 ? extended(random, width, depth) : comparison(random, depth);
            default -> binary(random, width, depth);
        };
    }

    private Sample leaf(Random random, int width) {
        if (random.nextBoolean()) {
            long v = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(5) - 1;
            return new Sample(x.constant(v, width), v & Bits.mask(width));
        }
        Expr s = x.sym("v" + random.nextInt(3) + "w" + width, width);
        long v = inputs.computeIfAbsent(s, k -> random.nextLong() & Bits.mask(width));
        return new Sample(s, v);
    }

    private Sample unary(Random random, int width, int depth) {
        Sample a = sample(random, width, depth - 1);
        UnaryOp op = List.of(UnaryOp.values()).get(random.nextInt(UnaryOp.values().length));
        return new Sample(x.unary(op, a.expr()), Bits.apply(op, width, a.value()));
    }

    private Sample binary(Random random, int width, int depth) {
        Sample a = sample(random, width, depth - 1);
        Sample b = sample(random, width, depth - 1);
        List<BinaryOp> ops = java.util.Arrays.stream(BinaryOp.values())
                .filter(o -> !o.comparison())
                .toList();
        BinaryOp op = ops.get(random.nextInt(ops.size()));
        return new Sample(x.binary(op, a.expr(), b.expr()), Bits.apply(op, width, a.value(), b.value()));
    }

    private Sample comparison(Random random, int depth) {
        int width = WIDTHS[random.nextInt(WIDTHS.length)];
        Sample a = sample(random, width, depth - 1);
        Sample b = sample(random, width, depth - 1);
        List<BinaryOp> ops = java.util.Arrays.stream(BinaryOp.values())
                .filter(BinaryOp::comparison)
                .toList();
        BinaryOp op = ops.get(random.nextInt(ops.size()));
        return new Sample(x.binary(op, a.expr(), b.expr()), Bits.apply(op, width, a.value(), b.value()));
    }

    private Sample choice(Random random, int width, int depth) {
        Sample c = sample(random, 1, depth - 1);
        Sample a = sample(random, width, depth - 1);
        Sample b = sample(random, width, depth - 1);
        return new Sample(x.ite(c.expr(), a.expr(), b.expr()), c.value() == 1 ? a.value() : b.value());
    }

    private Sample extract(Random random, int width, int depth) {
        Sample a = sample(random, 64, depth - 1);
        int low = random.nextInt(64 - width + 1);
        return new Sample(x.extract(a.expr(), low, width), a.value() >>> low & Bits.mask(width));
    }

    private Sample extended(Random random, int width, int depth) {
        int inner = WIDTHS[random.nextInt(java.util.Arrays.binarySearch(WIDTHS, width))];
        Sample a = sample(random, inner, depth - 1);
        return random.nextBoolean()
                ? new Sample(x.zeroExtend(a.expr(), width), a.value())
                : new Sample(x.signExtend(a.expr(), width), Bits.signExtend(a.value(), inner) & Bits.mask(width));
    }
}
