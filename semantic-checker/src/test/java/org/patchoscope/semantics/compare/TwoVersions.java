// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.match.SameCode;
import org.patchoscope.semantics.compare.match.Side;
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
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.StoppableSolver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.source.SameSource;
import org.patchoscope.semantics.source.SourceFacts;
import org.patchoscope.semantics.work.Limits;

/**
 * Two versions of a C file in a small world with thread flags, {@code current} and hooks, compiled for an
 * architecture and compared as the review does.
 */
public record TwoVersions(String arch, Path directory) {
    private static final String WORLD = """
            struct pt_regs { unsigned long regs[31]; };
            struct task_struct;
            #define flags() (cur()->thread_info.flags)
            void hook(struct pt_regs *regs);
            void note(long value);
            int ask(void);
            """;

    public static final String TASK = """
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

    private static final Map<String, Long> MACROS = Map.of(
            "_TIF_TRACE", 1L << 8,
            "_TIF_AUDIT", 1L << 9,
            "_TIF_STEP", 1L << 21,
            "SYSCALL_WORK_TRACE", 1L << 2,
            "SYSCALL_WORK_AUDIT", 1L << 4,
            "SYSCALL_WORK_TRAP", 1L << 6);

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
    public Verdict verdict(String before, String after) throws Exception {
        return verdicts(before, after).getOrDefault("f", new Verdict.Equivalent(0));
    }

    /** The verdicts that count, by root. */
    Map<String, Verdict> verdicts(String before, String after) throws Exception {
        return compare(TASK + before, TASK + after).roots().stream()
                .collect(Collectors.toMap(RootVerdict::root, RootVerdict::verdict));
    }

    /** The whole comparison, of sources that declare thread_info and task_struct themselves. */
    public ProgramComparison.Result compare(String before, String after) throws Exception {
        return compare(before, after, structures -> Optional.empty());
    }

    /** The same with what the sources say. */
    ProgramComparison.Result compareByName(String before, String after) throws Exception {
        return compare(before, after, structures -> {
            SameSource sources = new SameSource();
            SameSource.Source one = sources.read(preprocessed("before"));
            SameSource.Source two = sources.read(preprocessed("after"));
            SameSource.Functions f = SameSource.functions(one, two);
            Set<String> other = new TreeSet<>(f.other());
            other.addAll(f.alone().keySet());
            return Optional.of(
                    new SourceFacts(f.same().keySet(), other, f.touched(), SameSource.variables(two, structures)));
        });
    }

    private String preprocessed(String name) {
        try {
            Path out = directory.resolve(name + ".i");
            String clang = TestToolchain.directory().resolve("bin/clang").toString();
            String source = directory.resolve(name + ".c").toString();
            TestToolchain.run(
                    directory.resolve("out"),
                    List.of(clang, "--target=" + Target.of(arch).triple(), "-E", source, "-o", out.toString()));
            return Files.readString(out);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ProgramComparison.Result compare(String before, String after, ProgramComparison.Sources sources)
            throws Exception {
        return compare(before, after, sources, Limits.REVIEW, f -> {});
    }

    /** The comparison within {@code limits}; {@code progress} is told the function that is compared next. */
    public ProgramComparison.Result compare(String before, String after, Limits limits, Consumer<String> progress)
            throws Exception {
        return compare(TASK + before, TASK + after, structures -> Optional.empty(), limits, progress);
    }

    private ProgramComparison.Result compare(
            String before, String after, ProgramComparison.Sources sources, Limits limits, Consumer<String> progress)
            throws Exception {
        return compare(before, after, sources, limits, progress, profile());
    }

    /** The comparison by a profile that believes something else. */
    ProgramComparison.Result believing(String before, String after, UnaryOperator<ArchProfile> believed)
            throws Exception {
        return compare(
                TASK + before, TASK + after, s -> Optional.empty(), Limits.REVIEW, f -> {}, believed.apply(profile()));
    }

    private ProgramComparison.Result compare(
            String before,
            String after,
            ProgramComparison.Sources sources,
            Limits limits,
            Consumer<String> progress,
            ArchProfile profile)
            throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of(arch);
        try (Disassembler disassembler =
                        target.disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"));
                Solver solver =
                        new StoppableSolver(new SlicingSolver(new RememberingSolver(new Z3Solver())), limits.time())) {
            return new ProgramComparison(profile, x, solver, limits, target.abi(), progress)
                    .compare(
                            side(x, target, disassembler, "before", before),
                            side(x, target, disassembler, "after", after),
                            sources);
        }
    }

    /** Whether what changes must compare as in another configuration, where both versions have other code. */
    public boolean sameCode(
            String before, String after, String otherBefore, String otherAfter, Set<String> asked, boolean told)
            throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of(arch);
        try (Disassembler disassembler =
                target.disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"))) {
            return new SameCode(profile())
                    .is(
                            side(x, target, disassembler, "before", before),
                            side(x, target, disassembler, "after", after),
                            side(x, target, disassembler, "otherBefore", otherBefore),
                            side(x, target, disassembler, "otherAfter", otherAfter),
                            asked,
                            told);
        }
    }

    private ArchProfile profile() {
        return new ArchProfile(
                arch,
                List.of(),
                List.of(),
                List.of("thread_info.flags", "thread_info.syscall_work"),
                List.of(),
                List.of(),
                List.of(new ArchProfile.FrameRule(List.of("note"), List.of("pt_regs"), "gets a value", "test")),
                List.of(),
                List.of(),
                List.of(),
                new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"),
                List.of(new ArchProfile.FlagNames(List.of("thread_info.flags", "flags"), "_TIF_", List.of())),
                List.of(new ArchProfile.MovedBits(
                        "thread_info.flags",
                        "thread_info.syscall_work",
                        Map.of("_TIF_TRACE", "SYSCALL_WORK_TRACE", "_TIF_AUDIT", "SYSCALL_WORK_AUDIT"),
                        Map.of("_TIF_STEP", "SYSCALL_WORK_TRAP"),
                        "bits",
                        "test",
                        "test")),
                List.of(),
                List.of());
    }

    private Side side(Exprs x, Target target, Disassembler disassembler, String name, String code) throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        int at = code.indexOf("struct task_struct {");
        int end = code.indexOf(";\n", code.indexOf('}', at)) + 2;
        String source = code.substring(0, end) + CURRENT.get(arch) + WORLD + code.substring(end);
        List<String> options = new ArrayList<>(List.of(
                "-O2", "-ffreestanding", "-fno-vectorize", "-fno-slp-vectorize", "-fno-optimize-sibling-calls"));
        options.addAll(OPTIONS.get(arch));
        Path object = TestToolchain.compile(directory, target.triple(), name + ".c", source, options);
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(tools.resolve("llvm-dwarfdump")).read(object),
                target.lifter(disassembler),
                x);
        return new Side(program, MACROS, Map.of());
    }
}
