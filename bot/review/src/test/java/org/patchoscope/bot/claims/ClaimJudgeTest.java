// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.PathCounts;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

class ClaimJudgeTest {
    private static final FoundClaim ALL =
            ClaimFinder.find("No functional change.").getFirst();
    private static final FoundClaim PART =
            ClaimFinder.find("No functional change to signals.").getFirst();
    private static final FoundClaim SAVES =
            ClaimFinder.find("This saves 6 movs.").getFirst();

    @Test
    void holdsOnlyIfProvenEverywhereItIsBuilt() {
        assertThat(judge(ALL, Verdict.EQUIVALENT, Verdict.EQUIVALENT)).isEqualTo(Standing.HOLDS);
        assertThat(judge(ALL, Verdict.EQUIVALENT, Verdict.NOT_BUILT)).isEqualTo(Standing.HOLDS);
        assertThat(judge(ALL, Verdict.NOT_BUILT)).isEqualTo(Standing.UNDECIDED);
        assertThat(judge(ALL)).isEqualTo(Standing.UNDECIDED);
        assertThat(judge(ALL, Verdict.EQUIVALENT, Verdict.NOT_ANALYSED)).isEqualTo(Standing.UNDECIDED);
        assertThat(judge(ALL, Verdict.RACE_WINDOW, Verdict.NOT_ANALYSED)).isEqualTo(Standing.UNDECIDED);
    }

    @Test
    void failsWithOneChange() {
        assertThat(judge(ALL, Verdict.NOT_ANALYSED, Verdict.CHANGED)).isEqualTo(Standing.FAILS);
        assertThat(judge(ALL, Verdict.EQUIVALENT, Verdict.RACE_WINDOW)).isEqualTo(Standing.HOLDS_EXCEPT_RACES);
    }

    @Test
    void aChangeDoesNotRefuteAClaimOnAPart() {
        assertThat(judge(PART, Verdict.CHANGED)).isEqualTo(Standing.UNDECIDED);
        assertThat(judge(PART, Verdict.EQUIVALENT)).isEqualTo(Standing.HOLDS);
    }

    @Test
    void numbersAreSetAgainstCounts() {
        assertThat(saves(new Count("fast path", "moves", 40, 34)))
                .isEqualTo(new Claim(
                        "This saves 6 movs.",
                        SAVES.kind(),
                        Standing.HOLDS,
                        "fast path on x86_64 has 40 moves before and 34 after."));
        assertThat(saves(new Count("fast path", "moves", 40, 38)).standing()).isEqualTo(Standing.UNDECIDED);
        assertThat(saves(new Count("fast path", "moves", 40, 41)).standing()).isEqualTo(Standing.FAILS);
        assertThat(saves(new Count("fast path", "loads", 40, 34)).standing()).isEqualTo(Standing.UNDECIDED);
    }

    @Test
    void numbersAreSetAgainstCountedPathsToo() {
        PathCount fast = new PathCount(
                "system call",
                "plain",
                "mitigations off",
                "eret",
                40,
                34,
                List.of(new Count("plain", "moves", 20, 14)),
                List.of(),
                List.of());
        assertThat(saves(new PathCounts(List.of(fast), List.of(), List.of())))
                .isEqualTo(new Claim(
                        "This saves 6 movs.",
                        SAVES.kind(),
                        Standing.HOLDS,
                        "the path \"plain, mitigations off\" on arm64 has 20 moves before and 14 after."));
    }

    @Test
    void aPathThatWasNotCountedMaySaveThem() {
        assertThat(saves(new PathCounts(List.of(), List.of("plain: why"), List.of()))
                        .standing())
                .isEqualTo(Standing.UNDECIDED);
    }

    private static Claim saves(PathCounts paths) {
        List<Count> more = List.of(new Count("f", "moves", 1, 2));
        Unit unit = Unit.unmeasured("arm64", "base", Verdict.CHANGED, List.of(), List.of(), List.of(), more, List.of())
                .with(paths);
        return ClaimJudge.judge(SAVES, List.of(unit));
    }

    private static Claim saves(Count count) {
        return ClaimJudge.judge(SAVES, List.of(unit(Verdict.CHANGED, count)));
    }

    private static Standing judge(FoundClaim claim, Verdict... verdicts) {
        return ClaimJudge.judge(claim, Stream.of(verdicts).map(v -> unit(v)).toList())
                .standing();
    }

    private static Unit unit(Verdict verdict, Count... counts) {
        return Unit.unmeasured("x86_64", "base", verdict, List.of(), List.of(), List.of(), List.of(counts), List.of());
    }
}
