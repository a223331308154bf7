// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.solver.Valuation;

/** Conditions said in another way hold for the same values. */
final class SameMeaning {
    private static final int CONJUNCTIONS = 500;
    private static final int CONDITIONS = 4;

    private SameMeaning() {}

    /** Tries what {@code said} makes of random conditions on {@code unknown}, a few bits wide, with all its values. */
    static void ofRandom(
            Random random, Expr unknown, Function<Random, Expr> condition, UnaryOperator<List<Expr>> said) {
        for (int i = 0; i < CONJUNCTIONS; i++) {
            List<Expr> conjunction = Stream.generate(() -> condition.apply(random))
                    .limit(CONDITIONS)
                    .toList();
            List<Expr> other = said.apply(conjunction);
            assertThat(values(unknown, other))
                    .as("%s and %s", conjunction, other)
                    .isEqualTo(values(unknown, conjunction));
        }
    }

    private static List<Long> values(Expr unknown, List<Expr> conjunction) {
        return LongStream.range(0, 1L << unknown.width())
                .filter(value -> {
                    Valuation v = new Valuation(Map.of(unknown, value));
                    return conjunction.stream().allMatch(c -> v.of(c) == 1);
                })
                .boxed()
                .toList();
    }
}
