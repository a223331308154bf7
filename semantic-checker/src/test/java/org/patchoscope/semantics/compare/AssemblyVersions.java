// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.ArchProfile;
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
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.work.Limits;

/** Two versions of an assembly function, in a C file that declares what it calls, compared as the review does. */
record AssemblyVersions(String arch, Path directory) {
    private static final String WORLD = """
            struct pt_regs { unsigned long regs[31], sp, pc, pstate, more[8]; };
            void hook(void);
            void handle(struct pt_regs *regs);
            void user(struct pt_regs *regs) { hook(); handle(regs); }
            """;

    /** The verdict on {@code root}; {@code features} names numbers of CPU features. */
    Verdict verdict(String root, String before, String after, Map<Integer, String> features) throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of(arch);
        Path llvm = TestToolchain.directory().resolve("lib/libLLVM.so.20.1");
        ArchProfile profile =
                ArchProfile.bare(arch, new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"));
        try (Disassembler disassembler = target.disassembler(llvm);
                Solver solver = new RememberingSolver(new Z3Solver())) {
            return new ProgramComparison(profile, x, solver, Limits.REVIEW, target.abi(), f -> {})
                            .compare(
                                    side(x, target, disassembler, root, before, features),
                                    side(x, target, disassembler, root, after, features))
                            .roots()
                            .stream()
                            .filter(r -> r.root().equals(root))
                            .map(RootVerdict::verdict)
                            .findFirst()
                            .orElse(new Verdict.Equivalent(0));
        }
    }

    private Side side(
            Exprs x, Target target, Disassembler disassembler, String root, String code, Map<Integer, String> features)
            throws Exception {
        String lines = code.replace("; ", "\\n");
        String type = arch.equals("arm64") ? "%function" : "@function";
        String head = code.contains(root + ": ")
                ? ""
                : ".globl " + root + "\\n.type " + root + "," + type + "\\n" + root + ": ";
        String source = WORLD + "asm(\"" + head + lines + "\\n.size " + root + ", . - " + root + "\\n\");\n";
        Path object =
                TestToolchain.compile(directory, target.triple(), "f.c", source, List.of("-O2", "-ffreestanding"));
        Program program = new Program(
                List.of(new ObjectReader().read("f.o", object)),
                new DebugInfoReader(TestToolchain.directory().resolve("bin/llvm-dwarfdump")).read(object),
                target.lifter(disassembler),
                x);
        return new Side(program, Map.of(), features);
    }
}
