// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Bounds of one number are said as the range that they leave, and say the same. */
class RangesTest {
    private final Exprs x = new Exprs();
    private final Expr nr = x.sym("nr", 32);
    private final Ranges ranges = new Ranges(x);

    @Test
    void whatIsAtMostOneAndNotOneIsZero() {
        assertThat(ranges.together(List.of(atMost(nr, 1), not(nr, 1)))).containsExactly(x.isZero(nr));
    }

    @Test
    void whatIsMoreThanOneNumberAndAtMostTheNextIsTheNext() {
        assertThat(ranges.together(List.of(x.not(atMost(nr, 471)), atMost(nr, 472))))
                .containsExactly(x.eq(nr, number(nr, 472)));
    }

    @Test
    void aNumberThatIsLeftOutAtTheEndMovesTheEnd() {
        assertThat(ranges.together(List.of(x.not(atMost(nr, 1)), not(nr, 2))))
                .containsExactly(x.not(x.binary(BinaryOp.ULT, nr, number(nr, 3))));
    }

    @Test
    void whatSaysNoLessStaysAsItIs() {
        List<Expr> two = List.of(x.not(atMost(nr, 1)), atMost(nr, 9));

        assertThat(ranges.together(two)).isEqualTo(two);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theySayTheSame(long seed) {
        Expr small = x.sym("small", 4);

        SameMeaning.ofRandom(new Random(seed), small, random -> bound(small, random), ranges::together);
    }

    private Expr bound(Expr of, Random random) {
        Expr number = number(of, random.nextInt(16));
        BinaryOp op = random.nextBoolean() ? BinaryOp.ULT : BinaryOp.ULE;
        Expr bound = switch (random.nextInt(3)) {
            case 0 -> x.binary(op, of, number);
            case 1 -> x.binary(op, number, of);
            default -> x.not(x.eq(of, number));
        };
        return random.nextInt(4) == 0 ? x.not(bound) : bound;
    }

    private Expr atMost(Expr of, long number) {
        return x.not(x.binary(BinaryOp.ULT, number(of, number), of));
    }

    private Expr not(Expr of, long number) {
        return x.not(x.eq(of, number(of, number)));
    }

    private Expr number(Expr like, long number) {
        return x.constant(number, like.width());
    }
}
