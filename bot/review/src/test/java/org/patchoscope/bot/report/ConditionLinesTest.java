// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.ConditionLines.Line;

class ConditionLinesTest {
    @Test
    void oneCaseIsAConjunction() {
        assertThat(ConditionLines.of(List.of(List.of("a", "b")), 2).lines())
                .containsExactly(new Line("when", "a"), new Line("and", "b"));
    }

    @Test
    void whatAllCasesHaveIsSaidOnce() {
        ConditionLines all = ConditionLines.of(List.of(List.of("a", "x", "y"), List.of("z", "a")), 2);

        assertThat(all.lines())
                .containsExactly(
                        new Line("when", "a"), new Line("either", "z"), new Line("or", "x"), new Line("  and", "y"));
    }

    @Test
    void casesWithNothingInCommonStandApart() {
        assertThat(ConditionLines.of(List.of(List.of("a"), List.of("b", "c")), 2)
                        .lines())
                .containsExactly(new Line("when", "a"), new Line("or when", "b"), new Line("and", "c"));
    }

    @Test
    void aCaseWithoutMoreHasTheOthersInIt() {
        ConditionLines all = ConditionLines.of(List.of(List.of("a"), List.of("a", "b")), 2);

        assertThat(all.lines()).containsExactly(new Line("when", "a"));
        assertThat(all.left()).isZero();
    }

    @Test
    void whatIsLeftOutIsCounted() {
        assertThat(ConditionLines.of(List.of(List.of("a"), List.of("b"), List.of("c")), 2)
                        .left())
                .isEqualTo(1);
    }
}
