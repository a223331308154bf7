// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.html.PathsDrawing;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Verdict;

class FindingPathsTest {
    @Test
    void whatBothVersionsShareStandsAtTheSameHeight() {
        FindingPaths ways = FindingPaths.of(List.of(finding(1, "notify seccomp return", "notify return")));
        assertThat(shown(ways.before()))
                .containsExactly("0:0", "1:0 notify", "2:0 seccomp only [1]", "3:0 return ends [1]");
        assertThat(shown(ways.after())).containsExactly("0:0", "1:0 notify", "3:0 return ends [1] skips");
        assertThat(ways.rows()).isEqualTo(4);
    }

    @Test
    void waysForkWhereTheyPartAndKeepWhatTheyShare() {
        FindingPaths ways = FindingPaths.of(List.of(
                finding(1, "notify seccomp return", "notify return"),
                finding(2, "notify return", "notify seccomp return")));
        assertThat(shown(ways.before()))
                .containsExactly(
                        "0:0",
                        "1:0 notify",
                        "2:0 seccomp only [1]",
                        "3:0 return ends [1]",
                        "5:1 return ends [2] skips");
        assertThat(shown(ways.after()))
                .containsExactly(
                        "0:0",
                        "1:0 notify",
                        "3:0 return ends [1] skips",
                        "4:1 seccomp only [2]",
                        "5:1 return ends [2]");
        assertThat(ways.after().points().get(3).follows()).contains(1);
        assertThat(ways.before().lanes()).isEqualTo(2);
    }

    @Test
    void anEventThatOnlySomeFindingsMissNamesThem() {
        FindingPaths ways = FindingPaths.of(
                List.of(finding(1, "audit return", "return"), finding(2, "audit return", "audit trap return")));
        assertThat(shown(ways.before())).containsExactly("0:0", "1:0 audit only [1]", "2:0 return ends [1, 2]");
    }

    @Test
    void thoseThatPartLatestAreNeighbours() {
        FindingPaths ways =
                FindingPaths.of(List.of(finding(1, "a b c", "a b"), finding(2, "x", "y"), finding(3, "a b d", "a b")));
        assertThat(ways.before().points().stream().filter(p -> !p.ends().isEmpty()))
                .extracting(p -> p.ends().first(), FindingPaths.Point::lane)
                .containsExactly(tuple(1, 0), tuple(3, 1), tuple(2, 2));
    }

    @Test
    void aWayOnWhichNothingHappensEndsWhereItBegins() {
        assertThat(shown(FindingPaths.of(List.of(finding(7, "", "trap"))).before()))
                .containsExactly("0:0 ends [7]");
    }

    @Test
    void aDrawingSaysInWordsWhatItShows() {
        String page = HtmlReport.render(Samples.demo());
        assertThat(page)
                .contains("<figure class=\"ways\">", "<svg role=\"img\" aria-label=\"1 path before, in words below\"")
                .contains("<g class=\"before\"><title>ptrace_report_syscall_entry(regs)</title><rect ")
                .contains("- ptrace_report_syscall_entry(…) [1]</text>")
                .contains("audit_syscall_exit(…) (only before)")
                .doesNotContain(" style=");
    }

    @Test
    void findingsOfTheSameFunctionAreDrawnTogetherUnlessThereAreTooMany() {
        assertThat(PathsDrawing.all(List.of(finding(1, "a", "b"), finding(2, "c", "d"))))
                .containsOnlyKeys(1);
        assertThat(PathsDrawing.all(IntStream.range(1, 40)
                        .mapToObj(n -> finding(n, "b" + n, "a" + n))
                        .toList()))
                .isEmpty();
    }

    /** Row and lane, what happens, and what is to be known of it. */
    private static List<String> shown(FindingPaths.Side side) {
        return side.points().stream()
                .map(p -> p.row() + ":" + p.lane()
                        + p.event().map(e -> " " + e.text()).orElse("")
                        + (p.only().isEmpty() ? "" : " only " + p.only())
                        + (p.ends().isEmpty() ? "" : " ends " + p.ends())
                        + (p.skips() ? " skips" : ""))
                .toList();
    }

    private static Numbered finding(int number, String before, String after) {
        FindingText text = new FindingText(
                "id" + number,
                Verdict.CHANGED,
                "something differs",
                List.of(),
                trace(before),
                trace(after),
                List.of(),
                List.of(),
                Review.Cause.UNKNOWN,
                1,
                0);
        return new Numbered(number, 1, "arm64", text, List.of("base"), List.of("f"), List.of(), List.of(), false);
    }

    private static List<TraceLine> trace(String events) {
        return Stream.of(events.split(" "))
                .filter(e -> !e.isEmpty())
                .map(e -> new TraceLine(e, "", "", true))
                .toList();
    }
}
