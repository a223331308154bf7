// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.Entry;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.count.concrete.InstructionKind;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/** What the x86-64 kernel makes of its code before it is counted, each on a few instructions. */
class X86PathCounterTest {
    private static final long PTI = 7 * 32 + 11;
    private static final Map<String, Long> MACROS =
            Map.of("THREAD_SIZE", 16384L, "X86_FEATURE_ALWAYS", 117L, "X86_FEATURE_PTI", PTI);

    private String returnThunk = "";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void nopsBesideEachOtherInAnAlternativeAreOne() throws Exception {
        // Four for the bytes that the replacement would need; the two outside stay two.
        PathCount.Counted c = counted(alternative("nop; nop; nop; nop", 4, "movl $1, %eax", 5) + "nop; nop; sysretq");

        assertThat(c.of(InstructionKind.NOP)).isEqualTo(3);
    }

    @Test
    void manyNopsAreJumpedOver() throws Exception {
        PathCount.Counted c = counted(alternative(".rept 12; nop; .endr", 12, "nop", 1) + "sysretq");

        assertThat(c.of(InstructionKind.NOP)).isZero();
        assertThat(c.of(InstructionKind.BRANCH)).isEqualTo(2);
        assertThat(c.instructions()).isEqualTo(2);
    }

    @Test
    void aReplacementIsFilledUpWithOneNop() throws Exception {
        String code = alternative("movl $1, %eax; movl $2, %eax", 10, "xorl %eax, %eax", 2) + "sysretq";

        assertThat(counted(code).instructions()).isEqualTo(3);
        PathCount.Counted patched = counted(code, "X86_FEATURE_PTI");
        assertThat(patched.of(InstructionKind.NOP)).isEqualTo(1);
        assertThat(patched.instructions()).isEqualTo(3);
        assertThat(patched.of(InstructionKind.MOVE)).isZero();
    }

    @Test
    void aBranchOutOfAReplacementGoesWhereItSays() throws Exception {
        String code = alternative("nop; nop; nop; nop; nop", 5, "jmp over", 5) + "movl $1, %eax; over: sysretq";

        assertThat(counted(code).instructions()).isEqualTo(3);
        assertThat(counted(code, "X86_FEATURE_PTI").instructions()).isEqualTo(2);
    }

    @Test
    void aJumpThatObjtoolMakesANopIsOne() throws Exception {
        String table = ".pushsection __jump_table, \"aw\"; .long 1b - ., 2f - .; .quad my_key - . + %s; .popsection;";
        String code = "1: jmp 2f;" + table + "sysretq; 2: movl $1, %%eax; sysretq;";

        assertThat(counted(String.format(code, "2")).of(InstructionKind.NOP)).isEqualTo(1);
        assertThat(counted(String.format(code, "0")).of(InstructionKind.NOP)).isZero();
    }

    @Test
    void aRetpolineThatStaysIsNotCounted() throws Exception {
        String code = "leaq over(%rip), %rax; jmp __x86_indirect_thunk_rax; over: sysretq";

        assertThat(counted(code).instructions()).isEqualTo(3);
        assertThat(result(code, "X86_FEATURE_RETPOLINE"))
                .isEqualTo(new PathCount.NotCounted("instruction not modelled: what the kernel makes of"
                        + " __x86_indirect_thunk_rax at entry_SYSCALL_64+0x7"));
    }

    /** {@code patch_retpoline()}: {@code call *%rax} and what is left of five bytes, of six with a prefix. */
    @Test
    void aCallThroughARetpolineIsOneOfTheRegisterAndANop() throws Exception {
        String code = "leaq kept(%rip), %rsp; leaq go(%rip), %REG; call __x86_indirect_thunk_REG; sysretq; go: ret";

        PathCount.Counted near = counted(code.replace("REG", "rax"));
        assertThat(near.instructions()).isEqualTo(6);
        assertThat(near.of(InstructionKind.NOP)).isEqualTo(1);
        assertThat(counted(code.replace("REG", "rax"), "X86_FEATURE_RETPOLINE", "X86_FEATURE_RETPOLINE_LFENCE")
                        .of(InstructionKind.SYSTEM))
                .isEqualTo(1);
        String prefixed = code.replace("call", ".byte 0x2e; call").replace("REG", "r11");
        assertThat(counted(prefixed).of(InstructionKind.NOP)).isEqualTo(1);
        assertThat(counted(prefixed, "X86_FEATURE_RETPOLINE", "X86_FEATURE_RETPOLINE_LFENCE")
                        .of(InstructionKind.NOP))
                .isZero();
    }

    /** {@code lfence; call *%r11} are six bytes, and five cannot be replaced by them. */
    @Test
    void aRetpolineThatLeavesNoRoomStays() throws Exception {
        String code = "leaq kept(%rip), %rsp; leaq go(%rip), %r11; call __x86_indirect_thunk_r11; sysretq; go: ret";

        assertThat(result(code, "X86_FEATURE_RETPOLINE", "X86_FEATURE_RETPOLINE_LFENCE"))
                .isInstanceOf(PathCount.NotCounted.class);
    }

    @Test
    void aThunkOfTheArrayIsTheOneOfItsRegister() throws Exception {
        String code = "leaq over(%rip), %r8; jmp __x86_indirect_thunk_array + 8 * 32; nop; over: sysretq";

        assertThat(counted(code).instructions()).isEqualTo(3);
    }

    @Test
    void aConditionalTailCallThroughARetpolineIsTwoBranches() throws Exception {
        String code = "leaq over(%rip), %rax; xorl %ecx, %ecx; testl %ecx, %ecx; jCC __x86_indirect_thunk_rax; nop;"
                + "over: sysretq";

        assertThat(counted(code.replace("CC", "e")).instructions()).isEqualTo(6);
        // not taken: the branch over the jump, and the nop behind it
        assertThat(counted(code.replace("CC", "ne")).instructions()).isEqualTo(6);
    }

    @Test
    void theReturnThunkIsAReturnWithAndWithoutAPrefix() throws Exception {
        String code = "leaq kept(%rip), %rsp; call go; sysretq; go: PREFIX jmp __x86_return_thunk";

        assertThat(counted(code.replace("PREFIX", "")).instructions()).isEqualTo(4);
        assertThat(counted(code.replace("PREFIX", ".byte 0x2e;")).instructions())
                .isEqualTo(4);
        assertThat(result(code.replace("PREFIX", ""), "X86_FEATURE_RETHUNK"))
                .isInstanceOfSatisfying(
                        PathCount.NotCounted.class, n -> assertThat(n.reason()).contains("__x86_return_thunk"));
    }

    private static final String SAFE_RETURN = "safe: call behind; ud2; behind: leaq 8(%rsp), %rsp; ret;";

    /** {@code patch_return()}, and retpoline.S. */
    @Test
    void aReturnThunkThatStaysIsExecuted() throws Exception {
        String code = "leaq kept(%rip), %rsp; call go; sysretq; go: PREFIX jmp __x86_return_thunk;" + SAFE_RETURN;
        returnThunk = "safe";

        // leaq, call, jmp, call, leaq, ret, sysretq
        assertThat(counted(code.replace("PREFIX", ""), "X86_FEATURE_RETHUNK").instructions())
                .isEqualTo(7);
        assertThat(counted(code.replace("PREFIX", ".byte 0x2e;"), "X86_FEATURE_RETHUNK")
                        .instructions())
                .isEqualTo(7);
        assertThat(counted(code.replace("PREFIX", "")).instructions()).isEqualTo(4);
    }

    @Test
    void aProcessorOfWhichTheKernelLacksTheThunkIsNotCounted() throws Exception {
        returnThunk = "safe";

        assertThat(result("sysretq", "X86_FEATURE_RETHUNK"))
                .isEqualTo(new PathCount.NotCounted("this kernel has no safe()"));
    }

    @Test
    void aRetpolineThatStaysIsExecutedWhereItsCodeIsKnown() throws Exception {
        String code = "leaq kept(%rip), %rsp; leaq go(%rip), %rax; call __x86_indirect_thunk_rax; sysretq; go: ret;"
                + ".global __x86_indirect_thunk_rax; __x86_indirect_thunk_rax: call 1f; int3; 1: movq %rax, (%rsp); ret";

        // two leaq, call, call, movq, ret into go(), ret, sysretq
        assertThat(counted(code, "X86_FEATURE_RETPOLINE").instructions()).isEqualTo(8);
        // call through the register in its place, and a nop
        assertThat(counted(code).instructions()).isEqualTo(6);
    }

    @Test
    void aReplacementReturnsThroughTheThunk() throws Exception {
        String code = "leaq kept(%rip), %rsp; call go; sysretq; go: "
                + alternative("nop; nop; nop; nop; nop", 5, "jmp __x86_return_thunk", 5) + "sysretq";

        assertThat(counted(code, "X86_FEATURE_PTI").instructions()).isEqualTo(4);
    }

    /** {@code optimize_nops()} of Linux 6.1: single bytes only, and nops of up to 8 instead of a jump. */
    @Test
    void withoutFlagsOnlySingleByteNopsAreJoined() throws Exception {
        String twelve = flagless(".rept 12; nop; .endr", 12, "nop", 1) + "sysretq";
        String longer = flagless(".byte 0x66, 0x90; .byte 0x66, 0x90; nop; nop", 6, "nop", 1) + "sysretq";

        assertThat(counted(twelve).of(InstructionKind.NOP)).isEqualTo(2);
        assertThat(counted(longer).of(InstructionKind.NOP)).isEqualTo(3);
    }

    @Test
    void alternativesWithoutFlagsAreReadByTheirLayout() throws Exception {
        String code = flagless(".rept 5; nop; .endr", 5, "xorl %eax, %eax; xorl %ecx, %ecx; nop", 5)
                + flagless("nop", 1, "nop", 1) + "sysretq";

        assertThat(counted(code).instructions()).isEqualTo(3);
        assertThat(counted(code, "X86_FEATURE_PTI").instructions()).isEqualTo(5);
    }

    @Test
    void aProcessorEntersWithTheUsersGsAndStack() throws Exception {
        String code = "swapgs; movq %gs:kept(%rip), %rax; movq %rax, %rsp; sysretq";

        assertThat(counted(code).instructions()).isEqualTo(4);
        assertThat(result(code.replace("swapgs; ", "")))
                .isInstanceOfSatisfying(
                        PathCount.NotCounted.class, n -> assertThat(n.reason()).contains("depends on user gsbase"));
    }

    /** An entry as it was before Linux 6.3. */
    private static String flagless(String original, int length, String replacement, int newLength) {
        return alternative(original, length, replacement, newLength)
                .replace(".long " + PTI + "; ", ".word " + PTI + "; ");
    }

    private static String alternative(String original, int length, String replacement, int newLength) {
        return "771: " + original + "; 772: .pushsection .altinstructions, \"a\"; .long 771b - ., 774f - .; .long "
                + PTI
                + "; .byte " + length + ", " + newLength + "; .popsection;"
                + ".pushsection .altinstr_replacement, \"ax\"; 774: " + replacement + "; .popsection;";
    }

    private PathCount.Counted counted(String code, String... features) throws Exception {
        return (PathCount.Counted) result(code, features);
    }

    private PathCount.Result result(String code, String... features) throws Exception {
        String assembly = ".text; .global entry_SYSCALL_64; .type entry_SYSCALL_64, @function; entry_SYSCALL_64: "
                + code + "; .size entry_SYSCALL_64, . - entry_SYSCALL_64;";
        Path source = Files.writeString(directory.resolve("entry.s"), assembly.replace(";", "\n") + "\n");
        Path object = directory.resolve("entry.o");
        String clang = TestToolchain.directory().resolve("bin/clang").toString();
        TestToolchain.run(
                directory.resolve("log"),
                List.of(clang, "--target=x86_64-linux-gnu", "-c", source.toString(), "-o", object.toString()));
        ObjectFile read = new ObjectReader().read("entry.o", object);
        Entry place = new Entry("entry_SYSCALL_64", 0);
        Cpu cpu = new Cpu("a processor", "", place, List.of(features), Map.of(), Map.of(), returnThunk, Map.of());
        NamedPath path = new NamedPath("a path", "", Map.of(), Map.of(), Map.of(), Map.of(), List.of());
        EntryPaths entry = new EntryPaths(
                "an entry",
                Map.of(),
                Map.of(),
                "current_task",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(cpu),
                List.of(path));
        Target target = Target.of("x86_64");
        try (Disassembler disassembler = TestToolchain.x86()) {
            Program program = new Program(List.of(read), DebugInfo.none(), target.lifter(disassembler), new Exprs());
            return new PathCounter(program, target, MACROS)
                    .count(entry)
                    .getFirst()
                    .result();
        }
    }
}
