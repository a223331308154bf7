// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
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

/** In which state of the machine a call happens is part of what it does. */
class MachineContextTest {
    private static final String HELPER = ".type helper,@function; helper: ";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void aCallThatRunsWithInterruptsMaskedOnArm64IsAnother() throws Exception {
        String code = "stp x29, x30, [sp, #-16]!; %s; bl hook; %s; ldp x29, x30, [sp], #16; ret";
        String masked = String.format(code, "msr daifset, #2", "msr daifclr, #2");

        assertThat(verdict("arm64", "f", masked, masked + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("arm64", "f", masked, String.format(code, "msr daifset, #2; msr daifclr, #2", "nop")))
                .isInstanceOf(Verdict.Changed.class);
        // The same instruction events, but another bit of the mask
        assertThat(verdict("arm64", "f", masked, masked.replace("daifset, #2", "daifset, #1")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aReadThatDoesSomethingIsAnEventOnArm64() throws Exception {
        String code = "mrs x9, %s; mov x9, xzr; ret";

        for (String register : new String[] {"S3_0_C12_C12_0", "S3_0_C4_C1_1"}) {
            String before = String.format(code, register);
            assertThat(verdict("arm64", "f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
            assertThat(verdict("arm64", "f", before, "mov x9, xzr; ret")).isInstanceOf(Verdict.Changed.class);
        }
        assertThat(verdict("arm64", "f", String.format(code, "midr_el1"), "mov x9, xzr; ret"))
                .isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aCallBeforeInterruptsAreEnabledOnX86IsAnother() throws Exception {
        String before = "subq $8, %rsp; sti; call hook; cli; addq $8, %rsp; ret";

        assertThat(verdict("x86_64", "f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", before, before.replace("sti; call hook;", "call hook; sti;")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aCallWithTheUsersGsIsAnother() throws Exception {
        String before = "swapgs; movq %gs:cpu_current_top_of_stack, %rsp; call hook; swapgs; sysretq";

        assertThat(verdict("x86_64", "entry_SYSCALL_64", before, before + "; nop"))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(
                        "x86_64",
                        "entry_SYSCALL_64",
                        before,
                        before.replace("call hook; swapgs;", "swapgs; call hook;")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aCallWithAnotherPageTableIsAnother() throws Exception {
        String before = "subq $8, %rsp; movq %cr3, %rax; andq $-4097, %rax; movq %rax, %cr3; call hook; "
                + "addq $8, %rsp; ret";
        String after = before.replace("call hook; ", "").replace("movq %cr3, %rax;", "call hook; movq %cr3, %rax;");

        assertThat(verdict("x86_64", "f", before, after)).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aCallOnAnotherStackIsAnotherAlthoughNoEventShowsIt() throws Exception {
        String code = "pushq %rbp; movq %rsp, %rbp; {before} movq %gs:hardirq_stack_ptr, %rsp; {after} "
                + "movq %rbp, %rsp; popq %rbp; ret";
        String before = code.replace("{before}", "").replace("{after}", "call hook;");
        String after = code.replace("{after}", "").replace("{before}", "call hook;");

        assertThat(verdict("x86_64", "f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", before, after))
                .isInstanceOfSatisfying(
                        Verdict.Changed.class,
                        c -> assertThat(c.findings().getFirst().example().kind())
                                .isEqualTo(Difference.Kind.STACK));
    }

    @Test
    void aWriteAtAVariableIndexIsComparedButNothingIsConcludedFromADifferentOne() throws Exception {
        String before = "leaq table(%rip), %rax; movq %rsi, (%rax,%rdi,8); movq counter(%rip), %rax; ret";

        assertThat(verdict("x86_64", "f", before, before.replace("; ret", "; nop; ret")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", before, before.replace("%rsi, (", "%rdx, (")))
                .isInstanceOf(Verdict.NotAnalysed.class);
        String earlier =
                "movq counter(%rip), %rcx; leaq table(%rip), %rax; movq %rsi, (%rax,%rdi,8); " + "movq %rcx, %rax; ret";
        assertThat(verdict("x86_64", "f", before, earlier)).isInstanceOf(Verdict.NotAnalysed.class);
    }

    @Test
    void assemblyWithoutADeclarationIsJudgedByItsCallers() throws Exception {
        String caller =
                "call helper; testl %ebx, %ebx; jz 1f; subq $8, %rsp; call hook; addq $8, %rsp; 1: xorl %ebx, %ebx; ret";

        assertThat(verdict("movl $1, %ebx; ret", "movl $2, %ebx; nop; ret", caller))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("movl $1, %ebx; ret", "movl $0, %ebx; ret", caller)).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void ofAssemblyThatNobodyCallsItIsNotKnownWhichRegistersMatter() throws Exception {
        String before = "movl $1, %ebx; ret";

        assertThat(verdict("x86_64", "f", before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", before, before.replace("$1", "$2"))).isInstanceOf(Verdict.NotAnalysed.class);
    }

    @Test
    void whatAVectorPassesToItsHandlerIsCompared() throws Exception {
        String vector =
                "movq %gs:frame, %rdi; movl $1, %esi; movl $3, %edx; subq $8, %rsp; call {handler}; addq $8, %rsp; "
                        + "xorl %eax, %eax; ret";
        String page = vector.replace("{handler}", "exc_page_fault");
        String nmi = vector.replace("{handler}", "exc_nmi");

        assertThat(verdict("x86_64", "f", page, page + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", page, page.replace("$1,", "$2,"))).isInstanceOf(Verdict.Changed.class);
        assertThat(verdict("x86_64", "f", page, page.replace("$3,", "$4,"))).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", nmi, nmi.replace("$1,", "$2,"))).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", nmi, nmi.replace("%gs:frame", "%gs:other")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void assemblyThatIsEnteredInsideIsJudgedByWhoEntersItThere() throws Exception {
        String inside = "ret; .globl inside; inside: subq $8, %rsp; call hook; addq $8, %rsp; ret";

        assertThat(verdict(inside, inside.replace("call hook", "nop; call hook"), "jmp inside"))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(inside, inside.replace("call hook", "nop"), "jmp inside"))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatTheProcessorEntersIsARootAlsoWhereOthersEnterItInside() throws Exception {
        String vector = "sti; subq $8, %rsp; call hook; addq $8, %rsp; .globl inside; inside: xorl %eax, %eax; ret";
        String other = helper("jmp inside");

        assertThat(verdict("x86_64", "f", other + vector, other + vector + "; nop"))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", other + vector, other + vector.replace("sti; ", "")))
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void aReturnToUserModeMayFaultAndThenEntersTheKernelAnew() throws Exception {
        String before =
                "xorl %eax, %eax; 1: eretu; .pushsection __ex_table,\"a\"; .balign 4; .long 1b - .; .long f - .; "
                                .replace("\"", "\\\"")
                        + ".long 21; .popsection";

        assertThat(verdict("x86_64", "f", before, before.replace("%eax; ", "%eax; nop; ")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict("x86_64", "f", before, before.replace("%eax, %eax", "%ebx, %ebx")))
                .isInstanceOf(Verdict.Changed.class);
    }

    /** Of {@code f} that calls another assembly routine. */
    private Verdict verdict(String helperBefore, String helperAfter, String caller) throws Exception {
        return verdict("x86_64", "f", helper(helperBefore) + caller, helper(helperAfter) + caller);
    }

    private static String helper(String code) {
        return HELPER + code + "; .size helper, . - helper; .globl f; .type f,@function; f: ";
    }

    private Verdict verdict(String arch, String root, String before, String after) throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of(arch);
        Path llvm = TestToolchain.directory().resolve("lib/libLLVM.so.20.1");
        try (Disassembler disassembler = target.disassembler(llvm);
                Solver solver = new RememberingSolver(new Z3Solver())) {
            return new ProgramComparison(profile(arch), x, solver, Limits.REVIEW, target.abi(), f -> {})
                            .compare(
                                    side(x, target, disassembler, root, before),
                                    side(x, target, disassembler, root, after))
                            .roots()
                            .stream()
                            .filter(r -> r.root().equals(root))
                            .map(RootVerdict::verdict)
                            .findFirst()
                            .orElse(new Verdict.Equivalent(0));
        }
    }

    /** The function is assembly of its own in a C file, so that debug information knows what it calls. */
    private Side side(Exprs x, Target target, Disassembler disassembler, String root, String code) throws Exception {
        String lines = code.replace("; ", "\\n").replace(";", "\\n");
        String type = target.arch().equals("arm64") ? "%function" : "@function";
        String head = ".globl " + root + "\\n.type " + root + "," + type + "\\n" + root + ": ";
        String source = "void hook(void); void user(void) { hook(); }\n"
                + "asm(\"" + (code.startsWith(HELPER) ? "" : head) + lines
                + "\\n.size " + root + ", . - " + root + "\\n\");\n";
        Path tools = TestToolchain.directory().resolve("bin");
        Path object =
                TestToolchain.compile(directory, target.triple(), "f.c", source, List.of("-O2", "-ffreestanding"));
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(tools.resolve("llvm-dwarfdump")).read(object),
                target.lifter(disassembler),
                x);
        return new Side(program, Map.of(), Map.of());
    }

    private static ArchProfile profile(String arch) {
        return ArchProfile.bare(arch, new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"));
    }
}
