// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.arch.arm64.Arm64Abi;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.Group;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.environment.TestProfile;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.isa.arm64.Arm64Lifter;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.work.Limits;

/** The rules of comparison, each on a pair of small functions where it makes the difference. */
class ProgramComparisonTest {
    private static final String HEADER = """
            struct pt_regs { unsigned long regs[31]; };
            struct thread_info { volatile unsigned long flags; };
            struct task_struct { struct thread_info thread_info; void *stack; unsigned long other; };
            static inline struct task_struct *cur(void)
            { struct task_struct *t; asm ("mrs %0, sp_el0" : "=r"(t)); return t; }
            #define flags() (cur()->thread_info.flags)
            void hook(struct pt_regs *regs);
            void note(long value);
            void after(long value);
            int ask(void);
            """;

    private static final List<String> OPTIONS = List.of(
            "-O2",
            "-ffreestanding",
            "-mno-implicit-float",
            "-fno-vectorize",
            "-fno-slp-vectorize",
            "-fno-omit-frame-pointer",
            "-fno-optimize-sibling-calls");

    private static final ArchProfile PROFILE = TestProfile.of("arm64");

    @TempDir
    private Path directory;

    @Test
    void otherCodeForTheSameThingIsEquivalent() throws Exception {
        assertThat(verdict(
                        "long f(long a, long b) { return a + b + a; }", "long f(long a, long b) { return 2 * a + b; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void anotherResultIsAChangeWithTheExactCondition() throws Exception {
        Verdict v = verdict("int f(int a) { return a > 3; }", "int f(int a) { return a >= 3; }");

        assertThat(v).isInstanceOfSatisfying(Verdict.Changed.class, c -> {
            Finding finding = c.findings().getFirst();
            assertThat(finding.example().kind()).isEqualTo(Difference.Kind.RESULT);
            assertThat(finding.witness().values()).containsExactly(3L);
        });
    }

    @Test
    void aRenamedHelperIsNoDifference() throws Exception {
        String old = "__attribute__((noinline)) static void a(struct pt_regs *r) { hook(r); note(1); }"
                + "void f(struct pt_regs *r) { note(7); a(r); }";
        assertThat(verdict(old, old.replace("a(", "b("))).isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aCallThatGoesMissingUnderFlagsIsToldWithTheFlags() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { if (flags() & 0x300) hook(r); }",
                "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }");

        assertThat(v).isInstanceOfSatisfying(Verdict.Changed.class, c -> {
            assertThat(c.findings()).hasSize(1);
            assertThat(c.findings().getFirst().example().group().toString()).isEqualTo("lost:hook");
            assertThat(c.findings().getFirst().witness()).containsValue(0x200L);
        });
    }

    /** Where flags has 1, the hook comes before only without 2, and after(1) anyway; all of it gives way to note(9). */
    @Test
    void casesThatDifferInAnotherWayAreNotToldWithTheOnesTheyStandBeside() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { long w = flags();"
                        + " if (w & 1) { if (!(w & 2)) hook(r); after(1); } else hook(r); }",
                "void f(struct pt_regs *r) { long w = flags(); if (w & 1) note(9); }");

        assertThat(v).isInstanceOfSatisfying(Verdict.Changed.class, c -> {
            Finding lost = c.findings().stream()
                    .filter(f -> f.group().equals(new Group(Group.Turn.LOST, "hook")))
                    .findFirst()
                    .orElseThrow();
            Finding gained = c.findings().stream()
                    .filter(f -> f.group().equals(new Group(Group.Turn.GAINED, "note")))
                    .findFirst()
                    .orElseThrow();
            // With 1 and 2 there was no hook to lose.
            assertThat(lost.conditions()).allSatisfy(cube -> assertThat(cube).hasSize(1));
            assertThat(gained.conditions()).allSatisfy(cube -> assertThat(cube).hasSize(1));
            assertThat(lost.conditions()).doesNotContainAnyElementsOf(gained.conditions());
        });
    }

    @Test
    void oneReadInsteadOfTwoIsARaceWindowOnly() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { if (flags() & 1) note(flags() & 2); }",
                "void f(struct pt_regs *r) { unsigned long w = flags(); if (w & 1) note(w & 2); }");

        assertThat(v).isInstanceOf(Verdict.RaceWindow.class);
    }

    @Test
    void aReadAfterACallIsAnotherValueEvenSequentially() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { hook(r); if (flags() & 1) note(1); }",
                "void f(struct pt_regs *r) { unsigned long w = flags(); hook(r); if (w & 1) note(1); }");

        assertThat(v).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void theOrderOfPlainStoresIsNotVisible() throws Exception {
        assertThat(
                        verdict(
                                "void f(struct pt_regs *r) { r->regs[0] = 1; r->regs[5] = 2; asm volatile(\"\" ::: \"memory\"); }",
                                "void f(struct pt_regs *r) { r->regs[5] = 2; asm volatile(\"\" ::: \"memory\"); r->regs[0] = 1; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aStoreMovedOverACallIsVisible() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { r->regs[0] = 1; hook(r); }",
                "void f(struct pt_regs *r) { hook(r); r->regs[0] = 1; }");

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings().getFirst().example().kind())
                                .isEqualTo(Difference.Kind.MEMORY));
    }

    @Test
    void aFrameConditionLetsAValueSurviveACall() throws Exception {
        String before = "long f(struct pt_regs *r) { long v = r->regs[3]; %s; return v; }";
        String after = "long f(struct pt_regs *r) { %s; return r->regs[3]; }";

        assertThat(verdict(before.formatted("note(1)"), after.formatted("note(1)")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before.formatted("hook(r)"), after.formatted("hook(r)")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aHelperThatDoesNothingMayBeLeftOut() throws Exception {
        String helper = "__attribute__((noinline)) static void h(struct pt_regs *r, long w)"
                + "{ asm volatile(\"\"); if (w & 4) hook(r); }";
        assertThat(verdict(
                        helper + "void f(struct pt_regs *r) { long w = flags(); h(r, w); }",
                        helper + "void f(struct pt_regs *r) { long w = flags(); if (w & 4) h(r, w); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aVariableOnTheStackIsComparedByWhatItHolds() throws Exception {
        String use = "void use(unsigned long *p);";
        assertThat(verdict(
                        use + "void f(long a) { unsigned long v[3] = {a, 2, 3}; use(v); }",
                        use + "void f(long a) { volatile long pad[8]; pad[1] = a;"
                                + " unsigned long v[3]; v[2] = 3; v[1] = 2; v[0] = a; use(v); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aResultThatIsCountedInAnotherWayIsTheSameAfterAnyNumberOfTurns() throws Exception {
        Verdict v = verdict(
                "long f(long n) { long s = 0; for (long i = 0; i < n; i++) { note(i); s++; } return s; }",
                "long f(long n) { long i = 0; while (i < n) note(i++); return i; }");

        assertThat(v).isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aBackwardJumpIsNoLoopByItself() throws Exception {
        String code = "long f(long a) { long r; asm volatile(\"b 2f\\n1: add %0, %1, #1\\n b 3f\\n2: b 1b\\n3:\""
                + " : \"=r\"(r) : \"r\"(a)); return r + %s; }";

        assertThat(verdict(code.replace("%s", "a * 2"), code.replace("%s", "a + a")))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void waysThatLeaveNoTraceAreOnePath() throws Exception {
        String counter = "void f(struct pt_regs *r, volatile long *n) {";
        StringBuilder one = new StringBuilder(counter);
        StringBuilder two = new StringBuilder(counter);
        for (int i = 0; i < 14; i++) {
            one.append("if (n[" + i + "]) n[" + i + "]++; ");
            two.append("if (n[" + i + "] != 0) n[" + i + "] += 1; ");
        }

        Verdict v = verdict(one + "note(n[0]); }", two + "asm volatile(\"\"); note(n[0]); }");

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Equivalent.class, e -> assertThat(e.pairs()).isLessThan(20));
    }

    @Test
    void aTruthValueIsComparedByWhatTheOldNumberMeant() throws Exception {
        String old = "__attribute__((noinline)) int permit(long a) { note(a); return a > 3 ? -1 : 0; }"
                + "void f(struct pt_regs *r, long a) { if (permit(a) == -1) return; hook(r); }";
        String now = "__attribute__((noinline)) _Bool permit(long a) { note(a); return !(a > 3); }"
                + "void f(struct pt_regs *r, long a) { if (!permit(a)) return; hook(r); }";

        assertThat(verdicts(old, now))
                .containsOnlyKeys("permit", "f")
                .allSatisfy((f, v) -> assertThat(v).isInstanceOf(Verdict.Equivalent.class));
    }

    @Test
    void aTruthValueThatIsInvertedInACallOfItselfIsFoundThere() throws Exception {
        String old = "__attribute__((noinline)) int permit(long a, long again) { note(a); if (a == 7) return -1;"
                + " if (a == 8 && again) { if (permit(flags(), 0)) return -1; return 0; } return 0; }"
                + "void f(struct pt_regs *r, long a) { if (permit(a, 1) == -1) return; hook(r); }";
        String now = old.replace("int permit", "_Bool permit")
                .replace("if (permit(flags(), 0)) return -1; return 0;", "if (permit(flags(), 0)) return 0; return 1;")
                .replace("if (a == 7) return -1", "if (a == 7) return 0")
                .replace("} return 0; }", "} return 1; }")
                .replace("permit(a, 1) == -1", "!permit(a, 1)");

        assertThat(verdicts(old, now))
                .hasEntrySatisfying("permit", v -> assertThat(v).isInstanceOf(Verdict.Changed.class))
                .hasEntrySatisfying("f", v -> assertThat(v).isInstanceOf(Verdict.Equivalent.class));
    }

    @Test
    void aSchedulingPointIsNoEvent() throws Exception {
        String preempt = "void preempt(void);";

        assertThat(verdict(
                        preempt + "void f(struct pt_regs *r) { if (flags() & 1) hook(r); }",
                        preempt + "void f(struct pt_regs *r) { preempt(); if (flags() & 1) hook(r); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void anArgumentOfACallThroughAPointerIsNotTakenForGranted() throws Exception {
        String code = "void f(void (*g)(long, long), long a, long b) { g(b, a%s); }";

        assertThat(verdict(code.formatted(""), code.formatted(" + 1"))).isNotInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void whatIsNotModelledIsNotAnalysedByName() throws Exception {
        Verdict v =
                verdict("double f(double a) { return a * 2.0 + 1.0; }", "double f(double a) { return a * 3.0 + 1.0; }");

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.contains("not modelled")));
    }

    @Test
    void dataThatChangedIsADifferenceWhereItIsRead() throws Exception {
        String code = "static const volatile long t[3] = {1, 2, %d}; long f(long i) { return i == 1 ? t[0] : t[2]; }";

        assertThat(verdict(code.formatted(3), code.formatted(4)))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings())
                                .singleElement()
                                .satisfies(
                                        f -> assertThat(f.witness().toString()).doesNotContain("i=1")));
    }

    private Verdict verdict(String before, String after) throws Exception {
        return verdicts(before, after).getOrDefault("f", new Verdict.Equivalent(0));
    }

    private Map<String, Verdict> verdicts(String before, String after) throws Exception {
        Exprs x = new Exprs();
        try (Disassembler disassembler = TestToolchain.arm64();
                Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            ProgramComparison.Result result = new ProgramComparison(
                            PROFILE, x, solver, Limits.REVIEW, Arm64Abi.abi(), f -> {})
                    .compare(side(x, disassembler, "before", before), side(x, disassembler, "after", after));
            return result.roots().stream().collect(Collectors.toMap(RootVerdict::root, RootVerdict::verdict));
        }
    }

    private Side side(Exprs x, Disassembler disassembler, String name, String code) throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        Path object = TestToolchain.compile(directory, "aarch64-linux-gnu", name + ".c", HEADER + code, OPTIONS);
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(tools.resolve("llvm-dwarfdump")).read(object),
                new Arm64Lifter(disassembler),
                x);
        return new Side(program, Map.of(), Map.of());
    }
}
