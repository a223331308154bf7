// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.TwoVersions;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.work.Limits;

/** What two versions do is compared place by place: neither branches nor turns of loops are multiplied. */
class LockstepTest {
    private static final String OTHER_CODE = "asm volatile(\"nop\");";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aLoopThatDoesTheSameOnEveryTurnIsEqualWithoutABound(String arch) throws Exception {
        String code =
                "long f(long n) { long s = 0; for (long i = 0; i < n; i++) { %s note(i ^ s); s ^= i; } return s; }";

        assertThat(verdict(arch, code.formatted(""), code.formatted(OTHER_CODE)))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatIsSoOnTheFirstTurnsIsNotTakenToHoldOnAll(String arch) throws Exception {
        String code = "void f(long n) { for (long i = 0; i < n; i++) { note(%s); } }";

        assertThat(verdict(arch, code.formatted("i"), code.formatted("i > 90 ? 90 : i")))
                .isNotInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void manyBranchesWithEventsAndOneChangeAtTheEndAreOneFinding(String arch) throws Exception {
        String branches = IntStream.range(0, 40)
                .mapToObj(i -> "if (a & (1UL << %d)) note(%d);".formatted(i, i))
                .collect(Collectors.joining());
        String code = "void f(unsigned long a) { " + branches + " note(%d); }";

        Verdict v = verdict(arch, code.formatted(100), code.formatted(101));

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings())
                                .singleElement()
                                .satisfies(f -> assertThat(f.conditions()).containsExactly(java.util.List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void checksInAnotherOrderAreTheSame(String arch) throws Exception {
        String before =
                "long f(long a, long b, long c) { if (a != b) return 0; if (b < 7) return 0; if (c & 4) return 0;"
                        + " note(a); return 1; }";
        String after =
                "long f(long a, long b, long c) { if (c & 4) return 0; if (b < 7) return 0; if (a != b) return 0;"
                        + " note(a); return 1; }";

        assertThat(verdict(arch, before, after)).isInstanceOf(Verdict.Equivalent.class);
    }

    /** What a proof has not come to is not proven: the search does not pass over it. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whereTheLimitsEndNothingIsProven(String arch) throws Exception {
        String code = "void f(long a, long b) { if (a > 7) note(b); if (b > 9) note(a); note(%s); }";

        for (int pairs : new int[] {1, 2, 4, 8, 16}) {
            Limits limits = new Limits(2, pairs, 100_000, 100_000_000, Limits.REVIEW.time());
            Verdict v = new TwoVersions(arch, directory)
                    .compare(code.formatted("a"), code.formatted("a + (b == 5)"), limits, f -> {})
                    .roots()
                    .getFirst()
                    .verdict();
            assertThat(v)
                    .as("within %d pairs of states", pairs)
                    .isNotInstanceOfAny(Verdict.Equivalent.class, Verdict.EqualWithinBound.class);
        }
    }

    private Verdict verdict(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory).verdict(before, after);
    }
}
