// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.After;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.Entry;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.count.concrete.InstructionKind;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.isa.arm64.Arm64Lifter;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/** The rules of counting, each on a few instructions. */
class PathCounterTest {
    private static final Map<String, Long> MACROS =
            Map.of("THREAD_SIZE", 16384L, "ARM64_ALWAYS_SYSTEM", 1L, "ARM64_HAS_PAN", 49L, "_TIF_WORK", 2L);

    /** A processor with everything off. */
    private static final Cpu PLAIN = cpu(List.of("ARM64_ALWAYS_SYSTEM"), Map.of(), Map.of());

    @TempDir
    private Path directory;

    @Test
    void everyInstructionFromTheVectorToTheExitIsCountedByKind() throws Exception {
        PathCount.Counted c = counted("mov x1, #3; 1: subs x1, x1, #1; b.ne 1b; str x1, [sp, #-16]!; isb; nop; eret");

        assertThat(c.instructions()).isEqualTo(11);
        assertThat(c.of(InstructionKind.ARITHMETIC)).isEqualTo(3);
        assertThat(c.of(InstructionKind.BRANCH)).isEqualTo(4);
        assertThat(c.exit()).isEqualTo("eret");
    }

    @Test
    void aCallOutsideCountsAsOneAndIsNamed() throws Exception {
        PathCount.Counted c = counted("bl f; bl g; eret; f: ret");

        assertThat(c.of(InstructionKind.CALL)).isEqualTo(3);
        assertThat(c.outside()).containsExactly("g");
    }

    @Test
    void aBranchThatTheProfileLeavesOpenMakesNoCount() throws Exception {
        assertThat(result("bl g; cbz x0, 1f; nop; 1: eret", PLAIN, path(Map.of(), List.of())))
                .isEqualTo(new PathCount.NotCounted(
                        "the branch at entry+0x4 depends on the result of g()," + " which the profile leaves open"));
    }

    @Test
    void anAnswerDecidesTheBranch() throws Exception {
        String code = "bl g; cbz x0, 1f; nop; 1: eret";
        assertThat(counted(code, path(Map.of("g", 0L), List.of())).instructions())
                .isEqualTo(3);
        assertThat(counted(code, path(Map.of("g", 1L), List.of())).instructions())
                .isEqualTo(4);
    }

    @Test
    void aCellKeepsItsValueUntilACallChangesIt() throws Exception {
        String code = "mrs x19, sp_el0; ldr x20, [x19]; bl g; ldr x2, [x19]; cmp x20, x2; b.eq 1f; nop; 1: eret";
        String switched = "adrp x0, __entry_task; ldr x0, [x0, :lo12:__entry_task]; msr sp_el0, x0; " + code;
        assertThat(counted(switched, path(Map.of(), List.of())).of(InstructionKind.NOP))
                .isZero();
        After after = new After("g", Map.of("thread_info.flags", List.of("_TIF_WORK")));
        assertThat(counted(switched, path(Map.of(), List.of(after))).of(InstructionKind.NOP))
                .isEqualTo(1);
    }

    @Test
    void anAlternativeIsWhatTheProcessorRuns() throws Exception {
        // A branch in the replacement, to the end of it: it goes to the end of what is replaced.
        String code = "661: nop; nop; 662: eret; .subsection 1; 663: b 664f; mov x0, #1; 664: .previous;"
                + ".pushsection .altinstructions, \"a\"; .word 661b - .; .word 663b - .; .hword 49; .byte 8, 8;"
                + ".popsection";
        assertThat(counted(code).of(InstructionKind.NOP)).isEqualTo(2);
        Cpu pan = cpu(List.of("ARM64_ALWAYS_SYSTEM", "ARM64_HAS_PAN"), Map.of(), Map.of());
        PathCount.Counted c = (PathCount.Counted) result(code, pan, path(Map.of(), List.of()));
        assertThat(c.of(InstructionKind.NOP)).isZero();
        assertThat(c.instructions()).isEqualTo(2);
    }

    @Test
    void whatACallbackPatchesIsInTheProfileOrNoted() throws Exception {
        String code = "661: b 1f; 662: nop; 1: eret;"
                + ".pushsection .altinstructions, \"a\"; .word 661b - .; .word kasan_hw_tags_enable - .; .hword 0x8001; .byte 4, 0;"
                + ".popsection";
        PathCount.Counted compiled = counted(code);
        assertThat(compiled.instructions()).isEqualTo(2);
        assertThat(compiled.notes()).containsExactly("code that kasan_hw_tags_enable() patches is counted as compiled");
        Cpu patched = cpu(List.of("ARM64_ALWAYS_SYSTEM"), Map.of("kasan_hw_tags_enable", "nop"), Map.of());
        PathCount.Counted c = (PathCount.Counted) result(code, patched, path(Map.of(), List.of()));
        assertThat(c.of(InstructionKind.NOP)).isEqualTo(2);
        Cpu other = cpu(List.of("ARM64_ALWAYS_SYSTEM"), Map.of("kasan_hw_tags_enable", "firmware"), Map.of());
        assertThat(result(code, other, path(Map.of(), List.of()))).isInstanceOf(PathCount.NotCounted.class);
        assertThat(result(code.replace("kasan_hw_tags_enable", "patch_it"), patched, path(Map.of(), List.of())))
                .as("by a callback that is not known")
                .isInstanceOf(PathCount.NotCounted.class);
    }

    @Test
    void aStaticKeyIsAsCompiledUnlessTheProfileSetsIt() throws Exception {
        String code = "1: nop; eret; 2: mov x0, #1; eret;"
                + ".pushsection __jump_table, \"aw\"; .word 1b - .; .word 2b - .; .quad my_key - .; .popsection";
        assertThat(counted(code).of(InstructionKind.NOP)).isEqualTo(1);
        Cpu enabled = cpu(List.of("ARM64_ALWAYS_SYSTEM"), Map.of(), Map.of("my_key", true));
        PathCount.Counted c = (PathCount.Counted) result(code, enabled, path(Map.of(), List.of()));
        assertThat(c.of(InstructionKind.NOP)).isZero();
        assertThat(c.instructions()).isEqualTo(3);
    }

    @Test
    void aJumpTableIsFollowed() throws Exception {
        assertThat(counted(
                                "mov x8, #1; adrp x9, table; add x9, x9, :lo12:table; adr x10, 1f; ldrsw x11, [x9, x8, lsl #2];"
                                        + "add x10, x10, x11; br x10; 1: nop; nop; 2: eret;"
                                        + ".pushsection .rodata, \"a\"; .balign 4; table: .word 0; .word 2b - 1b; .popsection")
                        .of(InstructionKind.NOP))
                .isZero();
    }

    private PathCount.Counted counted(String code) throws Exception {
        return counted(code, path(Map.of(), List.of()));
    }

    private PathCount.Counted counted(String code, NamedPath path) throws Exception {
        return (PathCount.Counted) result(code, PLAIN, path);
    }

    private static NamedPath path(Map<String, Long> answers, List<After> after) {
        return new NamedPath("a path", "", Map.of(), Map.of(), Map.of("thread_info.flags", List.of()), answers, after);
    }

    private static Cpu cpu(List<String> features, Map<String, String> callbacks, Map<String, Boolean> keys) {
        return new Cpu("a processor", "", new Entry("entry", 0), features, callbacks, keys, "", Map.of());
    }

    private PathCount.Result result(String code, Cpu cpu, NamedPath path) throws Exception {
        String assembly = ".text; .global entry; .type entry, %function; entry: " + code + "; .size entry, . - entry";
        String types = "struct thread_info { unsigned long flags; };"
                + "struct task_struct { struct thread_info thread_info; } task_of_this_unit;";
        ObjectFile object = new ObjectReader().read("entry.o", compiled("entry.s", assembly.replace(";", "\n") + "\n"));
        var debug = new DebugInfoReader(tool("llvm-dwarfdump")).read(compiled("types.c", types));
        EntryPaths entry = new EntryPaths(
                "an entry",
                Map.of(),
                Map.of(),
                "__entry_task",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(cpu),
                List.of(path));
        try (Disassembler disassembler = TestToolchain.arm64()) {
            Program program = new Program(List.of(object), debug, new Arm64Lifter(disassembler), new Exprs());
            return new PathCounter(program, Target.of("arm64"), MACROS)
                    .count(entry)
                    .getFirst()
                    .result();
        }
    }

    private Path compiled(String name, String source) throws Exception {
        return TestToolchain.compile(directory, "aarch64-linux-gnu", name, source, List.of());
    }

    private static Path tool(String name) {
        return TestToolchain.directory().resolve("bin").resolve(name);
    }
}
