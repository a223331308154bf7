// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** What a function is given besides its parameters, as printk() is, is part of the call. */
class VariableArgumentsTest {
    private static final String SAY = "int say(const char *text, ...); void f(long a, int b) { ";

    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatTheTextAsksForIsCompared(String arch) throws Exception {
        TwoVersions versions = new TwoVersions(arch, directory);
        String before = SAY + "say(\"%ld and %d%%\\n\", a, b); }";

        assertThat(versions.verdict(before, SAY + "say(\"%ld and %d%%\\n\", a + 1, b); }"))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(versions.verdict(before, SAY + "say(\"%ld and %d%%\\n\", a, b + 1); }"))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(versions.verdict(before, SAY + "say(\"%ld and %d%%\\n\", a, b, a); }"))
                .as("nobody looks at the last one")
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict(SAY + "say(\"%d\", b); }", SAY + "say(\"%d\", (int) (b + (a & 0))); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void ofATextThatIsNotKnownNothingIsConcluded(String arch) throws Exception {
        TwoVersions versions = new TwoVersions(arch, directory);
        String open = "int say(const char *text, ...); void f(const char *t, long a, long b) { say(t, a); }";

        assertThat(versions.verdict(open, open.replace("(t, a)", "(t, b)"))).isNotInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict(open, open.replace("(t, a);", "(t, a); asm volatile (\"\");")))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void argumentsOnTheStackAreNotFollowed(String arch) throws Exception {
        String many = SAY + "say(\"%d %d %d %d %d %d %d %d %d\", b, b, b, b, b, b, b, b, b); }";

        assertThat(new TwoVersions(arch, directory).verdict(many, many.replace("b); }", "b + 1); }")))
                .isInstanceOf(Verdict.NotAnalysed.class);
    }
}
