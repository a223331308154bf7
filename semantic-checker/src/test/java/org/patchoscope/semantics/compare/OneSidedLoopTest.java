// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** A version that does not come out of a loop any more does not do what the other does. */
class OneSidedLoopTest {
    private static final String BEFORE = "long f(long a) { hook(0); return 1; }";

    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aVersionThatGoesRoundForGoodIsNotEquivalent(String arch) throws Exception {
        TwoVersions versions = new TwoVersions(arch, directory);
        String stays = BEFORE.replace("hook(0);", "hook(0); if (a == 5) for (;;) asm volatile (\"\");");
        String never = BEFORE.replace("hook(0);", "for (;;) asm volatile (\"\");");

        assertThat(versions.verdict(BEFORE, stays)).isNotInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict(stays, BEFORE)).isNotInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict(BEFORE, never)).isNotInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict(never, BEFORE)).isNotInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void versionsThatGoRoundTogetherAre(String arch) throws Exception {
        String before =
                "long f(long n) { long s = 0; for (long i = 0; i < n; i++) { asm volatile (\"\" : \"+r\"(s)); s += i; }"
                        + " hook(0); return s; }";

        assertThat(new TwoVersions(arch, directory).verdict(before, before.replace("hook(0);", "hook(0); asm (\"\");")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(new TwoVersions(arch, directory)
                        .verdict(before, before.replace("s += i; }", "s += i; asm volatile (\"nop\"); }")))
                .isInstanceOf(Verdict.Equivalent.class);
    }
}
