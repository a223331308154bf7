// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** A finding's condition covers no case about which nothing is known. */
class ConditionOfAFindingTest {
    private static final String BEFORE = """
            struct task_struct { long flags; };
            void step(void); void one(void); void two(void);
            void f(long n, long m) { if (m) for (;;) step(); two(); }
            """;

    @TempDir
    private Path directory;

    @Test
    void whatWasNotFollowedToItsEndStaysOutside() throws Exception {
        String after = BEFORE.replace("two(); }", "if (n) one(); two(); }");

        ProgramComparison.Result result = new TwoVersions("arm64", directory).compare(BEFORE, after);

        assertThat(result.roots())
                .singleElement()
                .satisfies(r -> assertThat(r.verdict())
                        .isInstanceOfSatisfying(
                                Verdict.Changed.class,
                                c -> assertThat(c.findings())
                                        .singleElement()
                                        .satisfies(f -> assertThat(f.conditions())
                                                .singleElement()
                                                .satisfies(cube -> assertThat(cube)
                                                        .as("n is not 0, and m is 0")
                                                        .hasSize(2)))));
    }
}
