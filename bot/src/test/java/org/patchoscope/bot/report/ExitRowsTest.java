// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.WaysOut;

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

    private static PatchReview patch(List<String> before, List<String> after) {
        WaysOut exits = new WaysOut("entry", List.of(), List.of(way(before)), List.of(way(after)), "");
        CodeCounts none = CodeCounts.none();
        Unit unit = Samples.unit("x86-64", "base", Verdict.EQUIVALENT);
        return Samples.patch(
                1,
                "a patch",
                List.of(),
                unit.with(new CodeCounts(
                        none.sizes(), none.macros(), none.cycles(), none.lines(), none.notCounted(), List.of(exits))));
    }

    private static WaysOut.Way way(List<String> faults) {
        return new WaysOut.Way("sysretq", List.of("work"), 40, faults);
    }
}
