// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Verdict;

class AlikeTest {
    private static final List<String> FLAG = List.of("thread_info.flags at entry has _TIF_SECCOMP");
    private static final List<String> OTHER_FLAG = List.of("thread_info.flags at entry has _TIF_UPROBE");

    private final Numbered first = finding(1, "el0_irq", "audit", FLAG, "work+0x10");

    @Test
    void aChangeInCodeThatTwoFunctionsShareIsToldOnce() {
        assertThat(first(finding(2, "el0_fiq", "audit", OTHER_FLAG, "work+0x10")))
                .isEqualTo(1);
    }

    @Test
    void codeThatIsRepeatedInTwoFunctionsChangesAlikeUnderTheSameCondition() {
        assertThat(first(finding(2, "el0_fiq", "audit", FLAG, "el0_fiq+0x20"))).isEqualTo(1);
    }

    @Test
    void atAnotherPlaceAndUnderAnotherConditionItIsAnotherChange() {
        assertThat(first(finding(2, "el0_fiq", "audit", OTHER_FLAG, "el0_fiq+0x20")))
                .isZero();
    }

    @Test
    void anotherEventIsAnotherChange() {
        assertThat(first(finding(2, "el0_fiq", "trace", FLAG, "work+0x10"))).isZero();
    }

    @Test
    void oneHunkThatChangesCallsOfSeveralFunctionsIsToldOfOneInFull() {
        List<String> hunk = List.of("@@ -1 +1 @@", "-if (x)", "+if (!x)");
        Numbered one = finding(1, "emulate_gp", "getcpu", FLAG, "emulate+0x10", hunk);
        Numbered another = finding(2, "emulate_gp", "time", OTHER_FLAG, "emulate+0x20", hunk);
        Numbered there = finding(3, "emulate_pf", "time", OTHER_FLAG, "emulate+0x20", hunk);
        Alike alike = Alike.among(List.of(one, another, there));
        assertThat(alike.first(another)).contains(one);
        assertThat(Alike.otherwise(one, another)).isEqualTo(" of time()");
        assertThat(alike.first(there)).contains(one);
        assertThat(Alike.otherwise(one, there)).isEqualTo(" of time() in emulate_pf()");
    }

    @Test
    void callsOfSeveralFunctionsThatDifferentHunksChangeAreTold() {
        Numbered one = finding(1, "emulate_gp", "getcpu", FLAG, "emulate+0x10", List.of("-if (x)"));
        Numbered another = finding(2, "emulate_gp", "time", FLAG, "emulate+0x20", List.of("-if (y)"));
        assertThat(Alike.among(List.of(one, another)).first(another)).isEmpty();
    }

    @Test
    void noFindingRefersToOneThatRefersToAnother() {
        Numbered second = finding(2, "el0_fiq", "audit", OTHER_FLAG, "work+0x10");
        Numbered third = finding(3, "el0_error", "audit", OTHER_FLAG, "work+0x10");
        assertThat(Alike.among(List.of(first, second, third)).first(third)).contains(first);
    }

    private int first(Numbered second) {
        return Alike.among(List.of(first, second))
                .first(second)
                .map(Numbered::number)
                .orElse(0);
    }

    private static Numbered finding(int number, String function, String event, List<String> condition, String place) {
        return finding(number, function, event, condition, place, List.of());
    }

    private static Numbered finding(
            int number, String function, String event, List<String> condition, String place, List<String> hunk) {
        FindingText text = new FindingText(
                "id" + number,
                Verdict.CHANGED,
                event + "() happens where it did not before in " + function + "()",
                List.of(condition),
                List.of(new TraceLine("return", "", function + "+0x30", true)),
                List.of(new TraceLine(event + "()", "", place, true)),
                List.of(),
                List.of(),
                hunk,
                1,
                0);
        return new Numbered(number, 1, "arm64", text, List.of("base"), List.of(function), List.of(), false);
    }
}
