// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.PathCounts;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.topic.VersionCounts.Cell;

class VersionCountsTest {
    @Test
    void eachVersionIsCountedOnItsOwnBase() {
        assertThat(VersionCounts.of(List.of(series(2, path("plain", 100, 98)), series(2, path("plain", 90, 92)))))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.arch()).isEqualTo("arm64");
                    assertThat(t.rows()).singleElement().satisfies(r -> {
                        assertThat(r.path()).isEqualTo("64-bit system call: plain, mitigations off");
                        assertThat(r.cells()).extracting(Cell::change).containsExactly(-2, 2);
                    });
                });
    }

    @Test
    void whatCostsTheSameInAllVersionsIsOnlyNumbered() {
        assertThat(VersionCounts.of(List.of(
                        series(2, path("plain", 100, 98), path("traced", 7, 7)),
                        series(2, path("plain", 100, 100), path("traced", 7, 7)))))
                .singleElement()
                .satisfies(t -> {
                    assertThat(t.rows()).hasSize(1);
                    assertThat(t.same()).isEqualTo(1);
                });
        assertThat(VersionCounts.of(List.of(series(2, path("plain", 5, 5))))).isEmpty();
    }

    @Test
    void whatWasNotCountedIsNotTakenForTheSame() {
        assertThat(VersionCounts.of(List.of(series(2), series(2, path("plain", 100, 98))))
                        .getFirst()
                        .rows()
                        .getFirst()
                        .cells())
                .extracting(Cell::counted)
                .containsExactly(false, true);
    }

    @Test
    void aSeriesOfOnePatchIsThatPatch() {
        assertThat(VersionCounts.of(List.of(series(1, path("plain", 100, 98))))).hasSize(1);
    }

    @Test
    void nothingIsCountedOfNoVersion() {
        assertThat(VersionCounts.of(List.of())).isEmpty();
    }

    private static PathCount path(String name, int before, int after) {
        return new PathCount(
                "64-bit system call", name, "mitigations off", "eret", before, after, List.of(), List.of(), List.of());
    }

    /** With as many patches, and counted as a whole; a single patch has no whole beside it. */
    private static Review series(int patches, PathCount... paths) {
        Unit unit = Unit.unmeasured(
                        "arm64", "base", Verdict.EQUIVALENT, List.of(), List.of(), List.of(), List.of(), List.of())
                .with(new PathCounts(List.of(paths), List.of(), List.of()));
        List<PatchReview> all =
                IntStream.rangeClosed(1, patches).mapToObj(n -> patch(n, unit)).toList();
        return new Review(
                "entry: Tidy up",
                1,
                "Jo Doe <jo@example.org>",
                "linux (abc)",
                "tool",
                List.of("arm64"),
                List.of(new Review.Configuration("base", List.of())),
                all,
                patches == 1 ? List.of() : List.of(patch(0, unit)),
                List.of(),
                List.of(),
                List.of());
    }

    private static PatchReview patch(int number, Unit unit) {
        return new PatchReview(number, "t", "i@x", List.of(), List.of(), List.of(), List.of(unit));
    }
}
