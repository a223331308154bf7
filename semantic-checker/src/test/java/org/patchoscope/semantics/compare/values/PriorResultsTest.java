// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.TwoVersions;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** What a caller does with numbers that a function never returns is no difference. */
class PriorResultsTest {
    private static final String CALLER = "long f(long *p) { if (decide(p) == -1) return 5; return 7; }\n";
    private static final String PASSES_ON =
            "long f(long *p) { int r = decide(p); if (r == -1) return 5; return r ? r : 7; }\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aLoopThatEndsWithOneOfTwoNumbers(String arch) throws Exception {
        assertThat(verdict(arch, "while (*p) { if (*p == 3) return -1; p++; } return 0;"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aFunctionThatCallsItselfAgainReturnsWhatItReturnsElsewhere(String arch) throws Exception {
        assertThat(verdict(arch, "note(*p); if (*p == 3) return -1; return *p ? decide(p + 1) : 0;"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aThirdNumberIsADifference(String arch) throws Exception {
        assertThat(verdict(arch, "while (*p) { if (*p == 3) return -1; if (*p == 4) return 2; p++; } return 0;"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aNumberThatALoopCountsMayBeAny(String arch) throws Exception {
        assertThat(verdict(arch, "int n = 0; while (*p++) n++; return n;")).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatAnotherObjectReturnsIsNotKnown(String arch) throws Exception {
        assertThat(verdict(arch, "return ask();")).isInstanceOf(Verdict.Changed.class);
    }

    private Verdict verdict(String arch, String body) throws Exception {
        String decide = "__attribute__((noinline)) int decide(long *p) { " + body + " }\n";
        return new TwoVersions(arch, directory).verdict(decide + CALLER, decide + PASSES_ON);
    }
}
