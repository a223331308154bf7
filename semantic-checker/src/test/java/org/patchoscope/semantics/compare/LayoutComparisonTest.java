// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.trace.Premise;

/** A version that lays structures out differently is compared member by member, by what they are called. */
class LayoutComparisonTest {
    private static final String BEFORE = """
            struct thread_info { volatile unsigned long flags; };
            struct task_struct { struct thread_info thread_info; void *stack; long count; long other; struct task_struct *parent; };
            """;
    private static final String AFTER = """
            struct thread_info { volatile unsigned long flags; unsigned long syscall_work; };
            struct task_struct { struct thread_info thread_info; void *stack; long count; long added; long other; struct task_struct *parent; };
            """;
    private static final String WORK =
            "\n#define work() (*(volatile unsigned long *)&cur()->thread_info.syscall_work)\n";
    private static final String TAKE = "\nvoid take(long *where);\n";

    @TempDir
    private Path directory;

    @Test
    void aMemberThatHasMovedIsTheSameMember() throws Exception {
        assertThat(verdict(
                        "long f(void) { cur()->other += 2; return cur()->count; }",
                        "long f(void) { cur()->other += 1 + 1; return cur()->count; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void theAddressOfAMemberIsTheSameArgument() throws Exception {
        assertThat(verdict(
                        TAKE + "void f(void) { take(&cur()->other); }",
                        TAKE + "void f(void) { take(1 ? &cur()->other : 0); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void anotherMemberAtTheOldOffsetIsAnother() throws Exception {
        assertThat(verdict("long f(void) { return cur()->other; }", "long f(void) { return cur()->added; }"))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(
                        TAKE + "void f(void) { take(&cur()->other); }", TAKE + "void f(void) { take(&cur()->added); }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void membersBehindPointersThatAreReadAreMatchedToo() throws Exception {
        assertThat(verdict(
                        "long f(void) { return cur()->parent->parent->other + 2; }",
                        "long f(void) { return 2 + cur()->parent->parent->other; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void whatMayPointToSuchAStructureIsNotAnalysed() throws Exception {
        assertThat(verdict(
                        "void f(void *p) { ((struct task_struct *)p)->other = 2; }",
                        "void f(void *p) { ((struct task_struct *)p)->other = 1 + 1; }"))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.contains("whose layout changes")));
    }

    @Test
    void aProcessorsCopyOfAVariableIsThatVariable() throws Exception {
        String variables = "\n#pragma GCC visibility push(hidden)\n"
                + "extern long counts; extern unsigned long __per_cpu_offset[];"
                + "\n#define copy(of, cpu) (*(long *)((char *)&of + __per_cpu_offset[cpu]))\n";
        assertThat(verdict(
                        variables + "long f(int cpu) { return copy(counts, cpu) + cur()->other + 2; }",
                        variables + "long f(int cpu) { return 2 + copy(counts, cpu) + cur()->other; }"))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(
                        variables + "long f(int cpu) { return copy(counts, cpu) + cur()->other + 2; }",
                        variables + "long f(int cpu) { return copy(counts, cpu) + cur()->other + 3; }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void pointersInAnArrayAreOfItsType() throws Exception {
        String all = "struct all { long n; struct task_struct *tasks[4]; };";
        assertThat(verdict(
                        all + "long f(struct all *a) { return a->tasks[2]->other + 2; }",
                        all + "long f(struct all *a) { return 2 + a->tasks[2]->other; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void registersOnTheStackOfAnotherTaskStayWhereTheyAre() throws Exception {
        assertThat(verdict(
                        "long f(struct task_struct *t) { return *(long *)(t->stack + 16000) + 2; }",
                        "long f(struct task_struct *t) { return 2 + *(long *)(t->stack + 16000); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aFunctionWithTheSameSourceIsNotLookedAt() throws Exception {
        String f = "void f(void *p) { ((struct task_struct *)p)->other = 2; }";

        assertThat(compare(f, f).roots()).isEmpty();
    }

    @Test
    void withoutSourcesNothingIsConcluded() throws Exception {
        String f = "long f(void) { return cur()->other; }";
        ProgramComparison.Result result = new TwoVersions("arm64", directory).compare(BEFORE + f, AFTER + f);

        assertThat(result.roots())
                .singleElement()
                .satisfies(r -> assertThat(r.verdict()).isInstanceOf(Verdict.NotAnalysed.class));
    }

    @Test
    void aBitThatIsInAnotherWordNowIsTheSameBit() throws Exception {
        ProgramComparison.Result result = compare(
                "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }",
                WORK + "void f(struct pt_regs *r) { if (work() & 4) hook(r); }");

        assertThat(result.roots()).singleElement().satisfies(r -> {
            assertThat(r.verdict()).isInstanceOf(Verdict.Equivalent.class);
            assertThat(r.notes()).contains(new Premise.MovedMember("thread_info.syscall_work"));
        });
    }

    @Test
    void theBitIsNoLongerWhereItWas() throws Exception {
        assertThat(verdict(
                        "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }",
                        "void f(struct pt_regs *r) { if (flags() & (0xff + 1)) hook(r); }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatANewBitLeadsToIsNotCompared() throws Exception {
        ProgramComparison.Result result = compare(
                "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }",
                WORK + "void f(struct pt_regs *r) { if (work() & 0x404) hook(r); }");

        assertThat(result.roots()).singleElement().satisfies(r -> {
            assertThat(r.verdict()).isInstanceOf(Verdict.Equivalent.class);
            assertThat(r.notes()).contains(new Premise.NewMember("task_struct"));
        });
    }

    @Test
    void anotherBitIsAnother() throws Exception {
        assertThat(verdict(
                        "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }",
                        WORK + "void f(struct pt_regs *r) { if (work() & 0x10) hook(r); }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void settingAMovedBitIsSettingItWhereItIsNowButRacesAreNotCompared() throws Exception {
        assertOnlyRacesAreOpen("void f(void) { flags() |= 0x100; }", WORK + "void f(void) { work() |= 4; }");
    }

    @Test
    void settingOneMoreOrLeavingItInTheOldPlaceIsAChange() throws Exception {
        assertThat(verdict("void f(void) { flags() |= 0x100; }", WORK + "void f(void) { work() |= 0x14; }"))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict("void f(void) { flags() |= 0x100; }", "void f(void) { flags() |= 0x100 + 0; }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aRepeatedBitHasToBeKeptInStep() throws Exception {
        String step = "void f(void) { flags() |= 0x200000; }";

        assertOnlyRacesAreOpen(step, WORK + "void f(void) { flags() |= 0x200000; work() |= 0x40; }");
        assertThat(verdict(step, "void f(void) { flags() |= 0x200000 + 0; }")).isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(step, WORK + "void f(void) { work() |= 0x40; }")).isInstanceOf(Verdict.Changed.class);
    }

    private void assertOnlyRacesAreOpen(String before, String after) throws Exception {
        assertThat(verdict(before, after))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).allMatch(r -> r.contains("equivalent where nobody else writes")));
    }

    private Verdict verdict(String before, String after) throws Exception {
        return compare(before, after).roots().stream()
                .filter(r -> r.root().equals("f"))
                .map(RootVerdict::verdict)
                .findFirst()
                .orElseThrow();
    }

    private ProgramComparison.Result compare(String before, String after) throws Exception {
        return new TwoVersions("arm64", directory).compareByName(BEFORE + before, AFTER + after);
    }
}
