// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.count.exits.ExitPaths;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;

/** The ways out of the system call entries of a real kernel tree. */
class KernelExitWaysTest {
    private static final List<String> ASSEMBLY =
            List.of("arch/x86/entry/entry_64.o", "arch/x86/entry/entry_64_compat.o");

    @Test
    void everyEntryIsFollowedToItsExits() throws Exception {
        KernelWorld world = KernelWorld.x86();
        Abi abi = world.target().abi();
        List<ObjectFile> assembly = world.objects().stream()
                .filter(o -> ASSEMBLY.contains(o.name()))
                .toList();
        try (Disassembler disassembler =
                        world.target().disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"));
                Solver solver = new RememberingSolver(new Z3Solver())) {
            ExitPaths ways = new ExitPaths(
                    world.program(disassembler),
                    abi,
                    disassembler,
                    solver,
                    assembly,
                    Map.of(),
                    world.profile().interruptsOff());

            List<String> vectors = assembly.stream()
                    .flatMap(o -> o.functions().values().stream())
                    .map(ObjectFile.Function::name)
                    .filter(f -> abi.vectors().apply(f).isPresent())
                    .toList();

            assertThat(vectors)
                    .contains("asm_exc_nmi", "asm_exc_page_fault", "asm_common_interrupt", "entry_SYSCALL_64")
                    .hasSizeGreaterThan(40)
                    .allSatisfy(v -> assertThat(ways.of(v))
                            .as(v)
                            .isInstanceOfSatisfying(
                                    ExitPaths.Result.Ways.class,
                                    w -> assertThat(w.ways())
                                            .isNotEmpty()
                                            .allSatisfy(way ->
                                                    assertThat(way.faults()).isEmpty())));
            assertThat(exits(ways.of("asm_exc_page_fault")))
                    .containsExactly(
                            "iretq [exc_page_fault]",
                            "iretq [fixup_bad_iret, sync_regs, exc_page_fault]",
                            "iretq [sync_regs, exc_page_fault]");
            assertThat(exits(ways.of("entry_SYSCALL_64")))
                    .containsExactly("iretq [do_syscall_64]", "sysretq [do_syscall_64]", "ud2 [do_syscall_64]");
            assertThat(exits(ways.of("entry_SYSCALL_compat"))).contains("sysretl [do_fast_syscall_32]");
            assertThat(exits(ways.of("entry_SYSENTER_compat"))).contains("sysretl [do_SYSENTER_32]");
        }
    }

    private static List<String> exits(ExitPaths.Result result) {
        return ((ExitPaths.Result.Ways) result)
                .ways().stream()
                        .map(w -> w.exit() + " " + w.calls())
                        .distinct()
                        .sorted()
                        .collect(Collectors.toList());
    }
}
