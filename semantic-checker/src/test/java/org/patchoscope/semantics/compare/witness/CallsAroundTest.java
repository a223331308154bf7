// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.TwoVersions;
import org.patchoscope.semantics.compare.verdict.CallsAround;
import org.patchoscope.semantics.compare.verdict.Group;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Which call of the source one version alone makes, also where the compiler has inlined it. */
class CallsAroundTest {
    private static final String INLINED = """
            static inline __attribute__((always_inline)) void report(struct pt_regs *regs)
            { if (flags() & 1 << 9) hook(regs); }
            void enter(struct pt_regs *regs, long n)
            { note(n); if (n & 4) report(regs); note(1); }
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCallThatWentIsNamedThoughItWasInlined(String arch) throws Exception {
        assertThat(onlyBefore(arch, INLINED, INLINED.replace("n & 4", "n & 8")))
                .contains(new CallsAround.Call("enter", "report", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCallThatIsMadeAndDecidesOtherwiseIsNotGone(String arch) throws Exception {
        assertThat(onlyBefore(arch, INLINED, INLINED.replace("1 << 9", "1 << 21")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aFunctionThatTheNewVersionDoesNotHaveIsNotSaidToBeCalledNoMore(String arch) throws Exception {
        String renamed = INLINED.replace("report", "tell").replace("n & 4", "n & 8");

        assertThat(onlyBefore(arch, INLINED, renamed))
                .extracting(CallsAround.Call::callee)
                .doesNotContain("report");
    }

    /** The call is still there; the compiler has made nothing of it. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCallThatTheCompilerFoldsAwayIsNotReachable(String arch) throws Exception {
        String asked = """
                static inline __attribute__((always_inline)) void report(struct pt_regs *regs, long all)
                { if (all) hook(regs); }
                void other(struct pt_regs *regs, long n) { report(regs, n); }
                void enter(struct pt_regs *regs, long n) { note(n); report(regs, n & 4); note(1); }
                """;

        assertThat(onlyBefore(arch, asked, asked.replace("n & 4", "0")))
                .contains(new CallsAround.Call("enter", "report", false));
    }

    private List<CallsAround.Call> onlyBefore(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory)
                .compare(TwoVersions.TASK + before, TwoVersions.TASK + after).roots().stream()
                        .map(r -> (Verdict.Changed) r.verdict())
                        .flatMap(c -> c.findings().stream())
                        .filter(f -> f.group().equals(new Group(Group.Turn.LOST, "hook")))
                        .flatMap(f -> f.example().around().onlyBefore().stream())
                        .toList();
    }
}
