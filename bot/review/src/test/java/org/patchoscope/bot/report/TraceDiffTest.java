// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review.TraceLine;

class TraceDiffTest {
    private static final TraceLine CUT = TraceLine.cut("loop+0x60");

    @Test
    void aLostCallDoesNotMakeWhatFollowsLookChanged() {
        assertThat(rows(events(1, "enter", "audit", "exit", "return"), events(1, "enter", "exit", "return")))
                .containsExactly("  enter", "- audit", "  exit", "  return");
    }

    @Test
    void whatAWayGoesOnWithWhereTheOtherWasCutIsNoDifference() {
        List<TraceLine> before = events(1, "enter", "audit", "mask", "exit", "return");
        List<TraceLine> after = plus(events(1, "enter", "rseq", "mask"), CUT);
        assertThat(rows(before, after))
                .containsExactly("  enter", "- audit", "+ rseq", "  mask", "+ (not followed further: loop bound)");
        assertThat(TraceDiff.of(before, after).goesOn())
                .hasValue("before goes on with 2 more events, as the other version may");
    }

    @Test
    void theFirstEventThatDiffersIsShownEvenIfTheOtherWayIsCutSoonAfter() {
        List<TraceLine> before = plus(events(1, "enter", "rseq"), CUT);
        List<TraceLine> after = events(1, "enter", "audit", "exit");
        assertThat(rows(before, after))
                .containsExactlyInAnyOrder("  enter", "- rseq", "- (not followed further: loop bound)", "+ audit");
        assertThat(TraceDiff.of(before, after).goesOn())
                .hasValue("after goes on with 1 more event, as the other version may");
    }

    @Test
    void ofWholeWaysAllIsShown() {
        List<TraceLine> before = events(1, "enter", "audit");
        List<TraceLine> after = events(1, "enter");
        assertThat(rows(before, after)).containsExactly("  enter", "- audit");
        assertThat(TraceDiff.of(before, after).goesOn()).isEmpty();
    }

    private static List<String> rows(List<TraceLine> before, List<TraceLine> after) {
        return TraceDiff.of(before, after).rows().stream()
                .map(r -> mark(r.side()) + r.line().text())
                .toList();
    }

    private static String mark(TraceDiff.Side side) {
        return switch (side) {
            case BOTH -> "  ";
            case BEFORE -> "- ";
            case AFTER -> "+ ";
        };
    }

    /** Events of which the first {@code shared} ones are not marked as different. */
    private static List<TraceLine> events(int shared, String... names) {
        return IntStream.range(0, names.length)
                .mapToObj(i -> new TraceLine(names[i], "", "f+0x" + i, i >= shared))
                .toList();
    }

    private static List<TraceLine> plus(List<TraceLine> events, TraceLine last) {
        return Stream.concat(events.stream(), Stream.of(last)).toList();
    }
}
