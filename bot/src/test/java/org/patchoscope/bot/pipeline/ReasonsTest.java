// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;

/** A reason that many functions share is told once. */
class ReasonsTest {
    @Test
    void aReasonOfOneFunctionNamesIt() {
        assertThat(Reasons.of(roots("no prototype", "f"))).containsExactly("f(): no prototype");
    }

    @Test
    void aReasonOfManyNamesTheFirstThree() {
        assertThat(Reasons.of(roots("the layout changes", "e", "d", "c", "b", "a")))
                .containsExactly("the layout changes: a(), b(), c() and 2 more functions");
    }

    private static List<Root> roots(String why, String... functions) {
        return Stream.of(functions)
                .map(f -> new Root(f, Review.Verdict.NOT_ANALYSED, 0, 0, List.of(), List.of(why), List.of()))
                .toList();
    }
}
