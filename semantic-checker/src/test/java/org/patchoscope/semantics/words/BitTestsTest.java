// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Several tests of one word are said with what the others leave open, and say the same. */
class BitTestsTest {
    private final Exprs x = new Exprs();
    private final Expr flags = x.sym("flags", 64);
    private final BitTests tests = new BitTests(x);

    @Test
    void oneOfTwoBitsAndNotTheFirstIsTheSecond() {
        assertThat(tests.together(List.of(has(flags, 3, false), any(flags, 0b101000))))
                .containsExactly(has(flags, 3, false), has(flags, 5, true));
        assertThat(tests.together(List.of(any(flags, 0b101100), has(flags, 3, false))))
                .containsExactly(any(flags, 0b100100), has(flags, 3, false));
    }

    @Test
    void whatABitAlreadySaysIsNotSaidAgain() {
        assertThat(tests.together(List.of(any(flags, 0b111), has(flags, 1, true))))
                .containsExactly(has(flags, 1, true));
        assertThat(tests.together(List.of(has(flags, 1, false), none(flags, 0b111))))
                .containsExactly(none(flags, 0b111));
        assertThat(tests.together(List.of(any(flags, 0b111), any(flags, 0b11)))).containsExactly(any(flags, 0b11));
    }

    @Test
    void aPartOfAWordIsAskedForItsOwnBits() {
        Expr high = x.extract(flags, 32, 32);

        assertThat(tests.together(List.of(has(flags, 33, false), any(high, 0b11))))
                .containsExactly(has(flags, 33, false), has(flags, 32, true));
    }

    @Test
    void testsOfDifferentWordsStayAsTheyAre() {
        List<Expr> two = List.of(has(x.sym("work", 64), 3, false), any(flags, 0b1000100));

        assertThat(tests.together(two)).isEqualTo(two);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theySayTheSame(long seed) {
        Expr word = x.sym("word", 6);

        SameMeaning.ofRandom(new Random(seed), word, random -> test(word, random), tests::together);
    }

    private Expr test(Expr word, Random random) {
        Expr operand = random.nextInt(3) == 0 ? x.extract(word, 2, 4) : word;
        int mask = random.nextInt(1, 1 << operand.width());
        return switch (random.nextInt(4)) {
            case 0 -> any(operand, mask);
            case 1 -> none(operand, mask);
            case 2 -> has(operand, random.nextInt(operand.width()), random.nextBoolean());
            default ->
                x.eq(
                        x.and(operand, x.constant(mask, operand.width())),
                        x.constant(mask & random.nextInt(64), operand.width()));
        };
    }

    private Expr none(Expr word, long mask) {
        return x.eq(x.and(word, x.constant(mask, word.width())), x.constant(0, word.width()));
    }

    private Expr any(Expr word, long mask) {
        return x.not(none(word, mask));
    }

    private Expr has(Expr word, int bit, boolean set) {
        return set ? x.extract(word, bit, 1) : x.not(x.extract(word, bit, 1));
    }
}
