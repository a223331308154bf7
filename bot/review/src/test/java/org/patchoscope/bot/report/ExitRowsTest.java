// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

class ExitRowsTest {
    private static final String FAULT = "with interrupts on";

    @Test
    void whatIsNewlyWrongAtAnExitIsSaidInTheReply() {
        assertThat(ExitRows.of(patch(List.of(), List.of(FAULT))))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.lines())
                            .contains("entry() can now leave through sysretq with interrupts on, after work(), "
                                    + "which it did not before");
                    assertThat(t.old()).isEmpty();
                });
    }

    @Test
    void whatWasWrongBeforeIsForThePage() {
        assertThat(ExitRows.of(patch(List.of(FAULT), List.of(FAULT))))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.lines()).isEmpty();
                    assertThat(t.old())
                            .containsExactly(
                                    "entry() leaves through sysretq with interrupts on, after work(), as before");
                });
    }

    @Test
    void whatAPatchRepairsIsNotTold() {
        assertThat(ExitRows.of(patch(List.of(FAULT), List.of()))).isEmpty();
    }

    @Test
    void whatIsWrongInManyEntriesIsSaidOnce() {
        List<ExitComparison> vectors = Stream.of("asm_a", "asm_b", "asm_c", "asm_d", "asm_e")
                .map(v -> new ExitComparison(v, List.of(), List.of(way(List.of())), List.of(way(List.of(FAULT))), ""))
                .toList();
        assertThat(ExitRows.of(patch(vectors)))
                .singleElement()
                .satisfies(t -> assertThat(t.lines())
                        .containsExactly("asm_a(), asm_b(), asm_c() and 2 more can now leave through sysretq with"
                                + " interrupts on, which they did not before"));
    }

    @Test
    void whatCouldNotBeFollowedInManyEntriesIsSaidOnce() {
        List<ExitComparison> vectors = Stream.of("asm_a", "asm_b")
                .map(v -> new ExitComparison(v, List.of(), List.of(), List.of(), "there are more than 400 ways"))
                .toList();
        assertThat(ExitRows.of(patch(vectors)))
                .singleElement()
                .satisfies(t -> assertThat(t.lines())
                        .containsExactly("Not analysed: asm_a, asm_b: There are more than 400 ways."));
    }

    private static PatchReview patch(List<String> before, List<String> after) {
        return patch(List.of(new ExitComparison("entry", List.of(), List.of(way(before)), List.of(way(after)), "")));
    }

    private static PatchReview patch(List<ExitComparison> exits) {
        CodeCounts none = CodeCounts.none();
        Unit unit = Samples.unit("x86-64", "base", Verdict.EQUIVALENT);
        return Samples.patch(
                1,
                "a patch",
                List.of(),
                unit.with(new CodeCounts(
                        none.sizes(), none.macros(), none.cycles(), none.lines(), none.notCounted(), exits)));
    }

    private static ExitComparison.Way way(List<String> faults) {
        return new ExitComparison.Way("sysretq", List.of("work"), 40, faults);
    }
}
