// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** A change that many functions reach is told of a few, and of the others it is said where. */
class RedundantCallersTest {
    private static final String HOOKS = "void one(void); void two(void);\n";
    private static final String BEFORE = "__attribute__((noinline)) void leave(long n) { if (n > 1) one(); }\n";
    private static final String AFTER = "__attribute__((noinline)) void leave(long n) { if (n > 2) one(); }\n";
    private static final String WAYS = """
            long n1, n2, n3, n4;
            void a(void) { leave(n1); two(); }
            void b(void) { leave(n2); two(); }
            void c(void) { leave(n3); two(); }
            void d(void) { leave(n4); two(); }
            """;

    @TempDir
    private Path directory;

    @Test
    void theFourthWayToAChangeIsNotCompared() throws Exception {
        Map<String, Verdict> verdicts = verdicts(WAYS, WAYS);

        assertThat(verdicts.get("a")).isInstanceOf(Verdict.Changed.class);
        assertThat(verdicts.get("b")).isInstanceOf(Verdict.Changed.class);
        assertThat(verdicts.get("c")).isInstanceOf(Verdict.Changed.class);
        assertThat(verdicts.get("d"))
                .isEqualTo(new Verdict.NotAnalysed(Set.of("the function's own source is as before; what differs"
                        + " in leave(), which it calls, is reported in a(), b(), c()")));
    }

    @Test
    void aWayThatIsItselfAnotherIsCompared() throws Exception {
        Map<String, Verdict> verdicts = verdicts(WAYS, WAYS.replace("leave(n4); two();", "leave(n4);"));

        assertThat(verdicts.get("d")).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whereTheChangeDoesNotShowIsNoTeller() throws Exception {
        String hidden = WAYS.replaceAll("leave\\(n[1-3]\\)", "leave(7)");
        Map<String, Verdict> verdicts = verdicts(hidden, hidden);

        assertThat(verdicts.get("a")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdicts.get("d")).isInstanceOf(Verdict.Changed.class);
    }

    private Map<String, Verdict> verdicts(String before, String after) throws Exception {
        return new TwoVersions("arm64", directory)
                .compare(HOOKS + BEFORE + before, HOOKS + AFTER + after).roots().stream()
                        .collect(Collectors.toMap(RootVerdict::root, RootVerdict::verdict));
    }
}
