// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;

/**
 * Two versions of a C file in a small world with thread flags, {@code current} and hooks, compiled for an
 * architecture and compared as the review does.
 */
record TwoVersions(String arch, Path directory) {
    private static final String WORLD = """
            struct pt_regs { unsigned long regs[31]; };
            struct task_struct;
            #define flags() (cur()->thread_info.flags)
            void hook(struct pt_regs *regs);
            void note(long value);
            int ask(void);
            """;

    static final String TASK = """
            struct thread_info { volatile unsigned long flags; };
            struct task_struct { struct thread_info thread_info; void *stack; unsigned long other; };
            """;

    private static final Map<String, String> CURRENT = Map.of("arm64", """
            static inline struct task_struct *cur(void)
            { struct task_struct *t; asm ("mrs %0, sp_el0" : "=r"(t)); return t; }
            """, "x86_64", """
            extern struct task_struct *__attribute__((address_space(256))) current_task;
            static inline struct task_struct *cur(void) { struct task_struct *t = current_task; return t; }
            """);

    private static final Map<String, List<String>> OPTIONS = Map.of(
            "arm64", List.of("-mno-implicit-float", "-fno-omit-frame-pointer"),
            "x86_64",
                    List.of(
                            "-mcmodel=kernel",
                            "-fno-pic",
                            "-mno-red-zone",
                            "-fcf-protection=none",
                            "-fno-asynchronous-unwind-tables",
                            "-mno-sse",
                            "-mno-mmx",
                            "-mno-80387"));

    /** The verdict on {@code f()}; what no root is named for is equivalent. */
    Verdict verdict(String before, String after) throws Exception {
        return verdicts(before, after).getOrDefault("f", new Verdict.Equivalent(0, 0));
    }

    /** The verdicts that count, by root. */
    Map<String, Verdict> verdicts(String before, String after) throws Exception {
        return compare(TASK + before, TASK + after).roots().stream()
                .collect(Collectors.toMap(ProgramComparison.RootVerdict::root, ProgramComparison.RootVerdict::verdict));
    }

    /** The whole comparison, of sources that declare thread_info and task_struct themselves. */
    ProgramComparison.Result compare(String before, String after) throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of(arch);
        try (Disassembler disassembler =
                        target.disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"));
                Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            return new ProgramComparison(profile(), x, solver, Limits.REVIEW, target.abi(), f -> {})
                    .compare(
                            side(x, target, disassembler, "before", before),
                            side(x, target, disassembler, "after", after));
        }
    }

    private ArchProfile profile() {
        return new ArchProfile(
                arch,
                List.of(),
                List.of(),
                List.of("thread_info.flags"),
                List.of(),
                List.of(),
                List.of(new ArchProfile.FrameRule(List.of("note"), List.of("pt_regs"), "gets a value", "test")),
                List.of(),
                List.of(),
                List.of(),
                new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"),
                List.of(new ArchProfile.FlagNames(List.of("thread_info.flags", "flags"), "_TIF_", List.of())),
                List.of(),
                List.of());
    }

    private ProgramComparison.Side side(Exprs x, Target target, Disassembler disassembler, String name, String code)
            throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        int at = code.indexOf("struct task_struct {");
        int end = code.indexOf(";\n", code.indexOf('}', at)) + 2;
        String source = code.substring(0, end) + CURRENT.get(arch) + WORLD + code.substring(end);
        Path file = Files.writeString(directory.resolve(name + ".c"), source);
        Path object = directory.resolve(name + ".o");
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("clang").toString(),
                "--target=" + target.triple(),
                "-O2",
                "-g",
                "-ffreestanding",
                "-fno-vectorize",
                "-fno-slp-vectorize",
                "-fno-optimize-sibling-calls"));
        command.addAll(OPTIONS.get(arch));
        command.addAll(List.of("-c", file.toString(), "-o", object.toString()));
        TestToolchain.run(directory.resolve("out"), command);
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(tools.resolve("llvm-dwarfdump")).read(object),
                target.lifter(disassembler),
                x);
        return new ProgramComparison.Side(program, Map.of(), Map.of());
    }
}
