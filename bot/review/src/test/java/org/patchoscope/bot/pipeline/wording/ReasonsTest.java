// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
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
                .map(f -> new Root(f, Review.Verdict.NOT_ANALYSED, 0, List.of(), List.of(why), List.of()))
                .toList();
    }

    @Test
    void aReasonAtSeveralPlacesOfAFunctionIsToldOnce() {
        assertThat(Reasons.together(
                        Set.of("loops (at f+0x4)", "loops (at f+0x8)", "too deep (at g+0x0)", "no prototype")))
                .containsExactly("loops (at f+0x4, f+0x8)", "no prototype", "too deep (at g+0x0)");
        assertThat(Reasons.together(Set.of("a (at f+1)", "a (at f+2)", "a (at f+3)", "a (at f+4)")))
                .containsExactly("a (at f+1, f+2, f+3 and 1 more place)");
    }
}
