// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.CompileOutcome;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.Variant;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.toolchain.Toolchain;

/** The ways out of the system call entries of a real kernel tree. */
class KernelExitWaysTest {
    @Test
    void everySystemCallEntryIsFollowedToItsExits() throws Exception {
        String tree = System.getenv("PATCHOSCOPE_TREE_7_2");
        assumeTrue(tree != null, "PATCHOSCOPE_TREE_7_2 names no kernel tree");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
        Toolchain llvm = Toolchain.unpack(cache.resolve("toolchain"), s -> {});
        KernelBuild build = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works ->
                new KernelBuild(llvm, works.sandbox(), cache.resolve("kernel"), 2, s -> {});
            case SandboxProbe.Result.Broken broken -> abort(broken.why());
        };
        SourceState base = SourceState.base(Path.of(tree), "linux-source-7.2");
        Prepared prepared = build.prepare(base, Arch.X86_64, Variant.base());
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        for (String name :
                List.of("arch/x86/entry/entry_64.o", "arch/x86/entry/entry_64_compat.o", "arch/x86/kernel/ptrace.o")) {
            Path object = ((CompileOutcome.Compiled) build.compile(prepared, base, name)).object();
            objects.add(new ObjectReader().read(name, object));
            debug = debug.and(new DebugInfoReader(llvm.tool("llvm-dwarfdump")).read(object));
        }
        Target target = Target.of("x86_64");
        try (Disassembler disassembler = target.disassembler(llvm.libLLVM());
                Solver solver = new RememberingSolver(new Z3Solver())) {
            Program program = new Program(objects, debug, target.lifter(disassembler), new Exprs());
            ExitWays ways = new ExitWays(
                    program,
                    target.abi(),
                    disassembler,
                    solver,
                    objects.subList(0, 2),
                    Map.of(),
                    new Profiles().shipped("x86-64").interruptsOff());

            for (String entry : target.abi().vectors().keySet()) {
                if (ways.of(entry) instanceof ExitWays.Result.Ways w) {
                    assertThat(w.ways())
                            .allSatisfy(way -> assertThat(way.faults()).isEmpty());
                }
            }
            assertThat(exits(ways.of("entry_SYSCALL_64")))
                    .containsExactly("iretq [do_syscall_64]", "sysretq [do_syscall_64]", "ud2 [do_syscall_64]");
            assertThat(exits(ways.of("entry_SYSCALL_compat"))).contains("sysretl [do_fast_syscall_32]");
            assertThat(exits(ways.of("entry_SYSENTER_compat"))).contains("sysretl [do_SYSENTER_32]");
        }
    }

    private static List<String> exits(ExitWays.Result result) {
        return ((ExitWays.Result.Ways) result)
                .ways().stream()
                        .map(w -> w.exit() + " " + w.calls())
                        .distinct()
                        .sorted()
                        .collect(Collectors.toList());
    }
}
