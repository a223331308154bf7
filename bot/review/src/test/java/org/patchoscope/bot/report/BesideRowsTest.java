// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchoscope.bot.report.BesideSamples.order;
import static org.patchoscope.bot.report.BesideSamples.path;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.bot.review.ArchitectureView.Moment;
import org.patchoscope.bot.review.ArchitectureView.Path;
import org.patchoscope.bot.review.ArchitectureView.Standing;

/** What is said of architectures beside each other, and what is not. */
class BesideRowsTest {
    private static final Steps STEPS = new Steps(Samples.demo());

    @Test
    void theSentenceSaysOnHowManyPathsItHoldsAndWhatTheExceptionsAre() {
        assertThat(said(BesideSamples.series()))
                .startsWith(
                        "After this series arm64 does what x86_64 does, event by event, on all 3 compared paths.",
                        "Before it, arm64 did what x86_64 did, event by event, on 1 of 2 compared paths, except:",
                        "emulated single-step: only arm64 has single-step trap.",
                        "no rseq check on arm64: nothing in its objects refers to one in this configuration; elsewhere it"
                                + " is left out of the comparison.",
                        "Not compared: user dispatch, because arm64: the tree has none of"
                                + " SYSCALL_WORK_SYSCALL_USER_DISPATCH.");
    }

    @Test
    void callsThatAreNoEventsAreNamed() {
        assertThat(said(BesideSamples.series()))
                .contains("Calls on these paths that are no events, and not compared: arm64: arm64_helper(); x86_64:"
                        + " x86_64_helper().");
    }

    @Test
    void anotherOrderOfTheSameEventsIsAnException() {
        Path swapped = path(
                "audited", Standing.DIFFERENT, "", order("arm64", "rseq", "audit"), order("x86_64", "audit", "rseq"));
        assertThat(said(unchanged(swapped)))
                .startsWith(
                        "arm64 does what x86_64 does, before and after this series, event by event, on none of 1 compared"
                                + " paths, except:",
                        "audited: rseq at another place.");
    }

    @Test
    void whereNothingIsComparedNothingIsClaimed() {
        Path open = path("plain", Standing.NOT_COMPARED, "arm64: a branch is open", order("x86_64", "system call"));
        Path other = path("plain", Standing.NOT_COMPARED, "arm64: a branch is open", order("arm64", "system call"));
        assertThat(said(new ArchitectureView(
                        0,
                        "base",
                        "x86_64",
                        new Moment(List.of(open), List.of()),
                        new Moment(List.of(other), List.of()),
                        List.of())))
                .startsWith("No path could be compared.", "Not compared: plain, because arm64: a branch is open.");
    }

    @Test
    void columnsHaveOneRowPerEventAndOneColumnForWhatDoesNotChange() {
        BesideRows.Columns columns =
                BesideRows.of(BesideSamples.series(), STEPS).tables().getFirst();
        assertThat(columns.heads()).containsExactly("arm64 before", "arm64 after", "x86_64");
        assertThat(columns.rows())
                .containsExactly(
                        List.of("ptrace stop", "ptrace stop", "ptrace stop"),
                        List.of("system call", "system call", "system call"),
                        List.of("", "rseq check", "rseq check"),
                        List.of("audit exit", "audit exit", "audit exit"),
                        List.of("ptrace stop", "ptrace stop", "ptrace stop"));
    }

    private static ArchitectureView unchanged(Path path) {
        Moment moment = new Moment(List.of(path), List.of());
        return new ArchitectureView(0, "base", "x86_64", moment, moment, List.of());
    }

    private static List<String> said(ArchitectureView view) {
        return BesideRows.of(view, STEPS).lines().stream()
                .map(BesideRows.Line::text)
                .toList();
    }
}
