// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.trace.Premise;

/** A function is given what it used to read for itself, or the other way round. */
class ParameterComparisonTest {
    private static final String WORK = "{ note(flags & 2); if (flags & 4) hook(regs); }\n";

    private static final String READS = "__attribute__((noinline)) void work(struct pt_regs *regs)"
            + "{ unsigned long flags = flags(); note(flags & 2); if (flags & 4) hook(regs); }\n";

    private static final String IS_GIVEN =
            "__attribute__((noinline)) void work(struct pt_regs *regs, unsigned long flags)" + WORK;

    private static final String CALLER = "void f(struct pt_regs *regs) { %s }";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatTheCallerReadsInPlaceOfTheCalleeIsTheSame(String arch) throws Exception {
        RootVerdict v = verdict(
                arch,
                READS + CALLER.formatted("if (flags() & 1) hook(regs); work(regs);"),
                IS_GIVEN + CALLER.formatted("if (flags() & 1) hook(regs); work(regs, flags());"));

        assertThat(v.verdict()).isInstanceOf(Verdict.Equivalent.class);
        assertThat(v.notes()).contains(new Premise.SuppliedArgument("work"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void theOtherWayRoundToo(String arch) throws Exception {
        RootVerdict v = verdict(
                arch, IS_GIVEN + CALLER.formatted("work(regs, flags());"), READS + CALLER.formatted("work(regs);"));

        assertThat(v.verdict()).isInstanceOf(Verdict.Equivalent.class);
        assertThat(v.notes()).contains(new Premise.SuppliedArgument("work"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aValueReadBeforeAHookIsAnother(String arch) throws Exception {
        RootVerdict v = verdict(
                arch,
                READS + CALLER.formatted("hook(regs); work(regs);"),
                IS_GIVEN + CALLER.formatted("unsigned long w = flags(); hook(regs); work(regs, w);"));

        assertThat(v.verdict()).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aValueReadOnceForTwoUsesIsARaceWindow(String arch) throws Exception {
        RootVerdict v = verdict(
                arch,
                READS + CALLER.formatted("regs->regs[0] = flags() & 1; work(regs);"),
                IS_GIVEN + CALLER.formatted("unsigned long w = flags(); regs->regs[0] = w & 1; work(regs, w);"));

        assertThat(v.verdict()).isInstanceOf(Verdict.RaceWindow.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCalleeThatDoesSomethingElseIsFollowed(String arch) throws Exception {
        RootVerdict v = verdict(
                arch,
                READS + CALLER.formatted("work(regs);"),
                IS_GIVEN.replace("& 4", "& 8") + CALLER.formatted("work(regs, flags());"));

        assertThat(v.verdict()).isInstanceOf(Verdict.Changed.class);
        assertThat(v.notes()).doesNotContain(new Premise.SuppliedArgument("work"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void anotherNameForAParameterIsNoDifference(String arch) throws Exception {
        RootVerdict v = verdict(
                arch,
                "long f(long a, long b) { return a > 3 ? 2 * a + b : b; }",
                "long f(long c, long a) { return c <= 3 ? a : a + c + c + 0 * (a > c); }");

        assertThat(v.verdict()).isInstanceOf(Verdict.Equivalent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void namesThatTheSimulatorUsesItselfAreNotConfused(String arch) throws Exception {
        assertThat(verdict(arch, "void f(long *stack) { *stack = 1; }", "void f(long *stack) { }")
                        .verdict())
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(
                                arch,
                                "long f(struct pt_regs *a, struct pt_regs *b) { a->regs[0] = 1; return b->regs[0]; }",
                                "long f(struct pt_regs *a, struct pt_regs *b) { a->regs[0] = 1; return 1; }")
                        .verdict())
                .isInstanceOf(Verdict.Changed.class);
    }

    private RootVerdict verdict(String arch, String before, String after) throws Exception {
        return new TwoVersions(arch, directory)
                .compare(TwoVersions.TASK + before, TwoVersions.TASK + after).roots().stream()
                        .filter(r -> r.root().equals("f"))
                        .findFirst()
                        .orElse(new RootVerdict("f", new Verdict.Equivalent(0), 0, Set.of(), Set.of()));
    }
}
