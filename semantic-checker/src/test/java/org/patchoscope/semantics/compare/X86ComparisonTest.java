// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.environment.TestProfile;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.work.Limits;

/** What is different on x86-64, each on a pair of small functions compiled for it. */
class X86ComparisonTest {
    private static final String HEADER = """
            typedef _Bool bool;
            struct pt_regs { unsigned long regs[21]; };
            struct thread_info { volatile unsigned long flags; };
            struct task_struct { struct thread_info thread_info; void *stack; unsigned long other; };
            extern struct task_struct *__attribute__((address_space(256))) current_task;
            static inline struct task_struct *cur(void) { struct task_struct *t = current_task; return t; }
            #define flags() (cur()->thread_info.flags)
            void hook(struct pt_regs *regs);
            void note(long value);
            int ask(void);
            bool may(long what);
            """;

    private static final List<String> OPTIONS = List.of(
            "-O2",
            "-ffreestanding",
            "-mcmodel=kernel",
            "-fno-pic",
            "-mno-red-zone",
            "-fcf-protection=none",
            "-fno-vectorize",
            "-fno-slp-vectorize",
            "-fno-asynchronous-unwind-tables");

    private static final ArchProfile PROFILE = TestProfile.of("x86_64");

    private static final Target TARGET = Target.of("x86_64");

    private static final String ENTRY = "entry_SYSCALL_64";

    private final List<String> options = new ArrayList<>();

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

    @ParameterizedTest
    @ValueSource(strings = {"unsigned char", "signed char", "short", "int", "unsigned long", "bool"})
    void onlyTheDeclaredWidthOfAValueCounts(String type) throws Exception {
        String before = "T f(T a, T b) { return a > b ? a : b; }".replace("T", type);
        String after = "T f(T a, T b) { if (b < a) return a; return b; }".replace("T", type);
        String changed = "T f(T a, T b) { return a < b ? a : b; }".replace("T", type);

        assertThat(verdict(before, after)).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, changed)).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void currentIsTheSameTaskBeforeAndAfterACall() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { struct task_struct *t = cur(); hook(r); t->other = 1; }",
                "void f(struct pt_regs *r) { hook(r); cur()->other = 1; }");

        assertThat(v).isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aCallThatGoesMissingUnderFlagsIsToldWithTheFlags() throws Exception {
        Verdict v = verdict(
                "void f(struct pt_regs *r) { if (flags() & 0x300) hook(r); }",
                "void f(struct pt_regs *r) { if (flags() & 0x100) hook(r); }");

        assertThat(v).isInstanceOfSatisfying(Verdict.Changed.class, c -> {
            assertThat(c.findings().getFirst().example().group().toString()).isEqualTo("lost:hook");
            assertThat(c.findings().getFirst().witness()).containsValue(0x200L);
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
    void aHelperMayBeCalledOrInlined() throws Exception {
        String helper = "__attribute__((noinline)) static long h(long a, long b)"
                + "{ asm volatile(\"\"); if (b & 4) note(a); return a - b; }";
        assertThat(verdict(
                        helper + "long f(long a, long b) { return h(a, b) + h(b, a); }",
                        helper.replace("noinline", "always_inline")
                                + "long f(long a, long b) { return h(a, b) + h(b, a); }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void registersAreSavedOnTheStackAndComeBack() throws Exception {
        String many = "long f(long a, long b, long c, long d)"
                + "{ long x = ask(), y = ask(), z = ask(); note(a); note(b); note(c); note(d); return %s; }";
        assertThat(verdict(many.formatted("x + y + z"), many.formatted("z + y + x")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(many.formatted("x + y + z"), many.formatted("x + y - z")))
                .isInstanceOf(Verdict.Changed.class);
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
    void theReturnThunkStandsForAReturn() throws Exception {
        options.add("-mfunction-return=thunk-extern");

        assertThat(verdict("long f(long a) { return a + a; }", "long f(long a) { return 2 * a; }"))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("long f(long a) { return a + a; }", "long f(long a) { return 2 * a + 1; }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void anIndirectCallIsComparedWithItsArguments() throws Exception {
        String code = "long f(long (*g)(long), long a, long b) { return g(%s) + 1; }";
        String other = "long f(long (*g)(long), long a, long b) { long r = g(a); asm volatile(\"\"); return 1 + r; }";

        assertThat(verdict(code.formatted("a"), other)).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(code.formatted("a"), code.formatted("b"))).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aCallThroughAPointerInTailPositionIsComparedWithItsArguments() throws Exception {
        String code = "void f(void (*g)(long), long a, long b) { g(%s); }";
        String other = "void f(void (*g)(long), long a, long b) { asm volatile(\"\"); g(a); }";

        assertThat(verdict(code.formatted("a"), other)).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(code.formatted("a"), code.formatted("b"))).isInstanceOf(Verdict.Changed.class);
    }

    /** The compiler describes no call that goes through a thunk. */
    @Test
    void aRetpolineIsAnIndirectCallWithUnknownArguments() throws Exception {
        String code = "long f(long (*g)(long), long a) { return g(a) + %s; }";
        options.add("-mretpoline-external-thunk");

        assertThat(verdict(code.formatted("1"), code.formatted("2")))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.contains("call through a pointer")));
    }

    @Test
    void dividingByZeroIsVisible() throws Exception {
        assertThat(verdict(
                        "unsigned f(unsigned a, unsigned b) { return a / b; }",
                        "unsigned f(unsigned a, unsigned b) { return b ? a / b : 0; }"))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(
                        "unsigned f(unsigned a, unsigned b) { return b ? a / b : 0; }",
                        "unsigned f(unsigned a, unsigned b) { if (!b) return 0; return a / b; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aCallMovedOutOfTheRegionWithoutInterruptsIsAChange() throws Exception {
        assertThat(verdict(
                        "void f(void) { asm volatile(\"cli\" ::: \"memory\"); note(1); asm volatile(\"sti\"); }",
                        "void f(void) { asm volatile(\"cli\" ::: \"memory\"); asm volatile(\"sti\"); note(1); }"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void theInterruptFlagSavedByPushfIsTheOneThatIsRestored() throws Exception {
        String save = "unsigned long w; asm volatile(\"pushf; pop %0; cli\" : \"=r\"(w) :: \"memory\");";
        String restore = "if (w & 0x200) asm volatile(\"sti\" ::: \"memory\");";
        assertThat(verdict(
                        "void f(long a) {" + save + "note(a * 3);" + restore + "}",
                        "void f(long a) { long b = a + a + a; asm volatile(\"\" : \"+r\"(b));" + save + "note(b); "
                                + restore + "}"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aWarningIsNoEndAndABugIs() throws Exception {
        String trap = "#define TRAP(flags) asm volatile(\"1: ud2\\n.pushsection __bug_table,\\\"aw\\\"\\n"
                + "2: .long 1b - .\\n.long 0\\n.word 7\\n.word \" #flags \"\\n.org 2b+12\\n.popsection\")\n";
        String code = trap + "void f(long a) { if (a == 5) TRAP(%d); note(a); }";

        assertThat(verdict(code.formatted(1), code.formatted(0))).isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(code.formatted(1), code.replace("a == 5", "5 == a").formatted(1)))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void ofTwoAlternativesTheLastOneThatIsPresentCounts() throws Exception {
        String macro =
                "#define ALT(a, b, c) asm volatile(\"1: \" a \"\\n2:\\n.pushsection .altinstructions,\\\"a\\\"\\n"
                        + ".long 1b - ., 3f - .\\n.word 7, 0\\n.byte 2b-1b, 4f-3f\\n"
                        + ".long 1b - ., 4f - .\\n.word 9, 0\\n.byte 2b-1b, 5f-4f\\n.popsection\\n"
                        + ".pushsection .altinstr_replacement,\\\"ax\\\"\\n3: \" b \"\\n4: \" c \"\\n5:\\n.popsection\""
                        + " : \"+a\"(r))\n";
        String code = macro + "long f(long r) { ALT(%s); return r; }";
        String before = code.formatted("\"mov $1, %%eax\", \"mov $2, %%eax\", \"mov $3, %%eax\"");

        assertThat(verdict(before, before.replace("return r;", "return r + 0;")))
                .isInstanceOf(Verdict.Equivalent.class);
        Verdict v = verdict(before, code.formatted("\"mov $1, %%eax\", \"mov $5, %%eax\", \"mov $3, %%eax\""));
        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings().getFirst().witness().toString())
                                .contains("feature 7")
                                .contains("feature 9"));
    }

    @Test
    void aStaticVariableHasOneNameWithAndWithoutAnImmediateBehindIt() throws Exception {
        String data = "static volatile char pad[3]; static volatile int state; void use(volatile char *);";
        assertThat(verdict(
                        data + "int f(void) { use(pad); state = 5; return state; }",
                        data + "int f(void) { use(pad); int five = 5; asm volatile(\"\" : \"+r\"(five)); state = five;"
                                + " return state; }"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    /** From the user's registers, with the user's gs and stack, to what the exit instruction gives back. */
    @Test
    void anEntryVectorIsFollowedToItsExit() throws Exception {
        String code = """
                void h(struct pt_regs *r) { hook(r); }
                asm(".globl entry_SYSCALL_64\\n.type entry_SYSCALL_64,@function\\nentry_SYSCALL_64: swapgs\\n"
                    "mov %%rsp, %%gs:scratch\\n mov %%gs:cpu_current_top_of_stack, %%rsp\\n {save}\\n mov %%rsp, %%rdi\\n"
                    "call hook\\n pop %%{first}\\n pop %%{second}\\n mov %%gs:scratch, %%rsp\\n swapgs\\n {exit}\\n"
                    ".size entry_SYSCALL_64, . - entry_SYSCALL_64\\n");
                """.replace("%%", "%");
        String before = vector(code, "push %rdi; push %rsi", "rsi", "rdi", "sysretq");

        assertThat(verdict(
                        before,
                        vector(code, "sub $16, %rsp; mov %rsi, (%rsp); mov %rdi, 8(%rsp)", "rsi", "rdi", "sysretq"),
                        ENTRY))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, vector(code, "push %rdi; push %rsi", "rdi", "rsi", "sysretq"), ENTRY))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(before, vector(code, "push %rdi; push %rsi", "rsi", "rdi", "iretq"), ENTRY))
                .isInstanceOf(Verdict.Changed.class);
        assertThat(verdict(before, vector(code, "push %rdi; push %rsi", "rsi", "rdi", "lfence; sysretq"), ENTRY))
                .isInstanceOf(Verdict.Changed.class);
    }

    private static String vector(String code, String save, String first, String second, String exit) {
        return code.replace("{save}", save)
                .replace("{first}", first)
                .replace("{second}", second)
                .replace("{exit}", exit);
    }

    @Test
    void aStructureInMemoryIsNotTakenForARegister() throws Exception {
        String code = "struct big { long a, b, c; }; void use(struct big b); void f(long a)"
                + "{ struct big b = {a, 1, %d}; use(b); }";

        assertThat(verdict(code.formatted(2), code.formatted(3)))
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.contains("structure in memory")));
    }

    @Test
    void anAccessWithAFaultHandlerIsOneToUserMemory() throws Exception {
        String code = """
                long f(long *p) { long v, e = 0; asm volatile("1: mov (%%2), %%0\\n2:\\n"
                    ".pushsection __ex_table,\\"a\\"\\n.long 1b - ., 2b - ., %%c3\\n.popsection"
                    : "=a"(v), "+c"(e) : "d"(p), "i"(17 | 1 << 8 | (%d) << 16)); return e ? e : v; }
                """.replace("%%", "%");
        String before = code.replace("%d", "-14");

        assertThat(verdict(before, before.replace("e ? e : v", "e == 0 ? v : e")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, code.replace("%d", "-22"))).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatIsNotModelledIsNotAnalysedByName() throws Exception {
        Verdict v = verdict("double f(double a) { return a * 2.0; }", "double f(double a) { return a * 3.0; }");

        assertThat(v)
                .isInstanceOfSatisfying(
                        Verdict.NotAnalysed.class,
                        n -> assertThat(n.reasons()).anyMatch(r -> r.contains("not modelled")));
    }

    @Test
    void aVariableIsFoundOnTheStackOfTheCallerOfAWorldFunction() throws Exception {
        String code = "extern long shared; __attribute__((noinline)) long g(long **p) { note(**p); return 1; }"
                + "long f(long a) { long *p = &shared; %s return g(&p); }";
        Verdict v = verdict(code.formatted(""), code.formatted("asm volatile (\"nop\");"));

        assertThat(v).isInstanceOf(Verdict.Equivalent.class);
    }

    private Verdict verdict(String before, String after) throws Exception {
        return verdict(before, after, "f");
    }

    private Verdict verdict(String before, String after, String root) throws Exception {
        Exprs x = new Exprs();
        try (Disassembler disassembler =
                        TARGET.disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"));
                Solver solver = new RememberingSolver(new Z3Solver())) {
            ProgramComparison.Result result = new ProgramComparison(
                            PROFILE, x, solver, Limits.REVIEW, TARGET.abi(), f -> {})
                    .compare(side(x, disassembler, "before", before), side(x, disassembler, "after", after));
            return result.roots().stream()
                    .filter(r -> r.root().equals(root))
                    .map(RootVerdict::verdict)
                    .findFirst()
                    .orElse(new Verdict.Equivalent(0));
        }
    }

    private Side side(Exprs x, Disassembler disassembler, String name, String code) throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        List<String> all = new ArrayList<>(OPTIONS);
        if (!code.contains("double")) {
            all.addAll(List.of("-mno-sse", "-mno-mmx", "-mno-80387"));
        }
        all.addAll(options);
        Path object = TestToolchain.compile(directory, TARGET.triple(), name + ".c", HEADER + code, all);
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(tools.resolve("llvm-dwarfdump")).read(object),
                TARGET.lifter(disassembler),
                x);
        return new Side(program, Map.of(), Map.of());
    }
}
