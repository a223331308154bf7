// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Objects with static storage are compared by what they hold, where that is read. */
class DataComparisonTest {
    private static final String TABLE = "static const int t[8] __attribute__((used)) = {%s};"
            + "long f(unsigned long i) { return i < 8 ? t[i] : -1; }";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anEntryOfATableThatChangedIsADifferenceAtItsIndex(String arch) throws Exception {
        Verdict v =
                verdict(arch, TABLE.formatted("1, 2, 3, 4, 5, 6, 7, 8"), TABLE.formatted("1, 2, 3, 4, 5, 60, 7, 8"));

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings())
                                .singleElement()
                                .satisfies(f -> assertThat(f.witness().values()).contains(5L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aTableThatBecomesASwitchIsTheSame(String arch) throws Exception {
        String cases = "long f(unsigned long i) { switch (i) { case 0: return 3; case 1: return 9; case 2: return 4;"
                + " case 3: return 77; case 4: return 5; default: return -1; } }";
        String table = "long f(unsigned long i) { static const signed char t[] = {3, 9, 4, 77, 5};"
                + " return i < 5 ? t[i] : -1; }";

        assertThat(verdict(arch, table, cases)).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(arch, table, cases.replace("77", "78"))).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anEntryThatNobodyReadsIsNoDifference(String arch) throws Exception {
        String code = "static const volatile long t[3] = {1, 2, %d}; long f(long i) { return i == 1 ? t[0] : t[1]; }";

        assertThat(verdict(arch, code.formatted(3), code.formatted(4))).isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aListThatEndsWithANumberIsGoneThrough(String arch) throws Exception {
        String code = "static const volatile int allowed[] = {%s, -1};"
                + "void f(int nr) { const volatile int *p = allowed;"
                + " do { if (*p == nr) return; } while (*++p != -1); note(9); }";

        assertThat(verdict(arch, code.formatted("0, 1, 60, 15, 335, 336"), code.formatted("0, 1, 60, 15, 335")))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings())
                                .singleElement()
                                .satisfies(f -> assertThat(f.witness().values()).contains(336L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anotherFunctionInATableOfPointersIsCalled(String arch) throws Exception {
        String code = "void one(void); void two(void);"
                + "static void (*const volatile ops[2])(void) = {one, %s}; void f(long i) { ops[1](); }";

        assertThat(verdict(arch, code.formatted("one"), code.formatted("two"))).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anotherInitialValueIsADifferenceUntilSomebodyWrites(String arch) throws Exception {
        String code = "int limit = %d; void f(int a) { if (a > limit) note(a); }";

        Verdict v = verdict(arch, code.formatted(0), code.formatted(10));

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings())
                                .isNotEmpty()
                                .allSatisfy(f ->
                                        assertThat(f.conditions().toString()).contains("initial:limit")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatIsWrittenFirstHasNoInitialValue(String arch) throws Exception {
        String code = "int limit = %d; void f(int a) { limit = 3; hook(0); if (a > limit) note(a); }";

        assertThat(verdict(arch, code.formatted(7), code.formatted(10))).isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whoGetsTheAddressOfWhatChangedMayReadIt(String arch) throws Exception {
        String code = "void use(const int *p); static const int t[4] = {1, 2, 3, %d}; void f(void) { use(t); }";

        assertThat(verdict(arch, code.formatted(4), code.formatted(5)))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons())
                                .singleElement()
                                .asString()
                                .contains("of which others get the address"));
    }

    /** The address may be that of an entry that changed, or of none. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anAddressThatIsMaskedDoesNotHideWhatChanged(String arch) throws Exception {
        String code = "static const volatile int t[4] = {1, 2, 3, %d};"
                + "long f(void) { return ((const volatile int *)((unsigned long)t & 0x7ffffffff0UL))[3]; }";

        assertThat(verdict(arch, code.formatted(4), code.formatted(5)))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.startsWith("initial content changed of t")));
    }

    private Verdict verdict(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory).verdict(before, after);
    }
}
