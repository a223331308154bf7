// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Calls that no source makes, and of which debug information has no prototype therefore. */
class CompilerFunctionsTest {
    private static final String BIG = "struct big { long a[64]; char tail[%d]; };";
    private static final String COPY = BIG + "void f(struct big *to, struct big *from, long n) { %s *to = *%s; }";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCopyThatTheCompilerMakesACallIsComparedByWhatIsCopied(String arch) throws Exception {
        String before = COPY.formatted(8, "note(n * 3);", "from");

        assertThat(verdict(arch, before, COPY.formatted(8, "note(n + n + n); asm volatile(\"\");", "from")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(arch, before, COPY.formatted(8, "note(n * 3);", "(from + 1)")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void zerosThatTheCompilerLeavesToACallAreComparedByWhereTheyGo(String arch) throws Exception {
        String code = BIG.formatted(8) + "void f(struct big *a, struct big *b, long n) { %s *%s = (struct big){0}; }";
        String before = code.formatted("note(n * 3);", "a");

        assertThat(verdict(arch, before, code.formatted("note(n + n + n); asm volatile(\"\");", "a")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(arch, before, code.formatted("note(n * 3);", "b"))).isInstanceOf(Verdict.Changed.class);
    }

    private Verdict verdict(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory).verdict(before, after);
    }
}
