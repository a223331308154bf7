// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.work.Limits;

/** Objects that have functions of the same name, as restore_sigframe() of arm64's signal.c and signal32.c. */
class CopiesTest {
    private static final String ONE = "void hook(long); static __attribute__((noinline)) void f(long a) { hook(a); }"
            + " void one(void) { f(1); }";
    private static final String TWO =
            "void hook(long); static __attribute__((noinline)) void f(long a) { hook(a + 2); } void two(void) { f(2); }";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void theOneThatDiffersIsCompared() throws Exception {
        assertThat(verdicts(List.of(ONE, TWO), List.of(ONE, TWO))).isEmpty();
        assertThat(verdicts(List.of(ONE, TWO), List.of(ONE, TWO.replace("a + 2", "a + 3")))
                        .values())
                .hasAtLeastOneElementOfType(Verdict.Changed.class);
        assertThat(verdicts(List.of(ONE, TWO), List.of(ONE.replace("hook(a)", "hook(a + 1)"), TWO))
                        .values())
                .hasAtLeastOneElementOfType(Verdict.Changed.class);
    }

    @Test
    void nothingIsSaidOfSeveralThatDifferInSeveralWays() throws Exception {
        Map<String, Verdict> verdicts = verdicts(
                List.of(ONE, TWO), List.of(ONE.replace("hook(a)", "hook(a + 1)"), TWO.replace("a + 2", "a + 3")));

        assertThat(verdicts.get("f")).isInstanceOf(Verdict.NotAnalysed.class);
    }

    private Map<String, Verdict> verdicts(List<String> before, List<String> after) throws Exception {
        Exprs x = new Exprs();
        Target target = Target.of("arm64");
        ArchProfile profile =
                ArchProfile.bare("arm64", new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"));
        try (Disassembler disassembler =
                        target.disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"));
                Solver solver = new RememberingSolver(new Z3Solver())) {
            return new ProgramComparison(profile, x, solver, Limits.REVIEW, target.abi(), f -> {})
                            .compare(side(x, target, disassembler, before), side(x, target, disassembler, after))
                            .roots()
                            .stream()
                            .collect(Collectors.toMap(RootVerdict::root, RootVerdict::verdict));
        }
    }

    private Side side(Exprs x, Target target, Disassembler disassembler, List<String> sources) throws Exception {
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        for (int i = 0; i < sources.size(); i++) {
            Path home = Files.createTempDirectory(directory, "side");
            Path object = TestToolchain.compile(
                    home, target.triple(), "f" + i + ".c", sources.get(i), List.of("-O2", "-ffreestanding"));
            objects.add(new ObjectReader().read("f" + i + ".o", object));
            debug = debug.and(
                    new DebugInfoReader(TestToolchain.directory().resolve("bin/llvm-dwarfdump")).read(object));
        }
        return new Side(new Program(objects, debug, target.lifter(disassembler), x), Map.of(), Map.of());
    }
}
