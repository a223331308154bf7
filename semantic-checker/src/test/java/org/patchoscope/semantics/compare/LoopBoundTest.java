// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** What is known only up to a bound is never called equivalent, and what known numbers decide is no matter of a bound. */
class LoopBoundTest {
    @TempDir
    private Path directory;

    /** As CLEVER's LoopMult of EqBench: the versions differ from the tenth turn on. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aDifferenceBeyondTheBoundIsNoEquivalence(String arch) throws Exception {
        String code = "long f(long a, long b) { long c = 0; for (long i = 1; i <= b; i++) { note(i); c ^= a; }"
                + " return c; }";

        Verdict v = verdict(arch, code, code.replace("c ^= a;", "c ^= i > 10 ? i : a;"));

        assertThat(v).isInstanceOfSatisfying(Verdict.EqualWithinBound.class, b -> {
            assertThat(b.loops()).isEqualTo(2);
            assertThat(b.bounded()).isPositive();
        });
    }

    /** As REVE's barthe and limit2. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anEqualLoopWhoseValuesAreInStepIsEqual(String arch) throws Exception {
        Verdict v = verdict(
                arch,
                "long f(long n, long c) { long j = 0; for (long i = 0; i < n; i++) { note(i); j = 5 * i + c; }"
                        + " return j; }",
                "long f(long n, long c) { long x = c, j = 0; for (long i = 0; i < n; i++) { note(i); j = x; x += 5; }"
                        + " return j; }");

        assertThat(v).isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anEqualLoopOfWhichNoInvariantIsFoundIsEqualWithinTheBound(String arch) throws Exception {
        assertThat(new TwoVersions(arch, directory).verdicts(squares("i * i", ""), squares("q", "q += 2 * i + 1;")))
                .hasEntrySatisfying("g", v -> assertThat(v).isInstanceOf(Verdict.EqualWithinBound.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCallerOfWhatIsEqualWithinABoundIsAtMostThat(String arch) throws Exception {
        String caller = "long f(long n) { long r = g(n); %s return r; }";
        String nop = "asm volatile(\"nop\");";

        Map<String, Verdict> verdicts = new TwoVersions(arch, directory)
                .verdicts(
                        squares("i * i", "") + caller.formatted(""),
                        squares("q", "q += 2 * i + 1;") + caller.formatted(nop));

        assertThat(verdicts)
                .hasSize(2)
                .allSatisfy((f, v) -> assertThat(v)
                        .isInstanceOfSatisfying(
                                Verdict.EqualWithinBound.class,
                                b -> assertThat(b.bounded() > 0).isEqualTo(f.equals("g"))));
    }

    /** That {@code q} is the square of {@code i} on every turn is no relation that is looked for. */
    private static String squares(String square, String next) {
        return "__attribute__((noinline)) long g(long n) { long s = 0, q = 0; for (long i = 0; i < n; i++)"
                + " { note(i); s ^= " + square + "; " + next + " } return s; }";
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void turnsThatKnownNumbersDecideAreFollowedToTheEnd(String arch) throws Exception {
        String code = "void f(long a) { for (int i = 0; i < 1000; i++) note(%s); }";

        assertThat(verdict(arch, code.formatted("a + 3 * i"), code.formatted("a + 3 * i + (i == 999)")))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(arch, code.formatted("a + 3 * i"), code.formatted("a + i + (i << 1)")))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aTableIsGoneThroughToItsEnd(String arch) throws Exception {
        String code = "long f(long a) { for (int i = 0; i < 300; i++) { note(i == %s ? a : 7); } return a; }";

        assertThat(verdict(arch, code.formatted("250"), code.formatted("251"))).isInstanceOf(Verdict.Changed.class);
    }

    private Verdict verdict(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory).verdict(before, after);
    }
}
