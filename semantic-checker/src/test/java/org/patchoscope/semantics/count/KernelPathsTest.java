// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/** The named paths of the profiles on a real kernel tree. */
class KernelPathsTest {
    @Test
    void everyNamedPathOfArm64IsUniqueAndEndsInEret() throws Exception {
        assertThat(counts(KernelWorld.arm64()))
                .hasSize(14)
                .allSatisfy(c -> assertThat(c.result())
                        .isInstanceOfSatisfying(
                                PathCount.Counted.class,
                                r -> assertThat(r.exit()).isEqualTo("eret")));
    }

    @Test
    void everyNamedPathOfX86IsUniqueAndOnlyASteppedTaskLeavesByIret() throws Exception {
        assertThat(counts(KernelWorld.x86()))
                .hasSize(21)
                .allSatisfy(c -> assertThat(c.result())
                        .isInstanceOfSatisfying(
                                PathCount.Counted.class,
                                r -> assertThat(r.exit())
                                        .isEqualTo(c.path().equals("single-step") ? "iretq" : "sysretq")));
    }

    @Test
    void soIsEveryOneOfAKernelWithFredOnAProcessorWithout() throws Exception {
        assertThat(counts(KernelWorld.x86WithFred()))
                .hasSize(21)
                .allMatch(c -> c.result() instanceof PathCount.Counted);
    }

    /** Zen 3, which is for kernels with return thunks alone, beside the others. */
    @Test
    void everyNamedPathOfX86WithThunksIsCountedOnAProcessorThatKeepsThemToo() throws Exception {
        for (KernelWorld world : List.of(KernelWorld.x86WithThunks(), KernelWorld.oldX86())) {
            List<PathCount> counts = counts(world);
            assertThat(counts).hasSize(28).allMatch(c -> c.result() instanceof PathCount.Counted);
            assertThat(counts).filteredOn(c -> c.cpu().equals("return thunks")).hasSize(7);
        }
    }

    private static List<PathCount> counts(KernelWorld world) {
        Path llvm = TestToolchain.directory().resolve("lib/libLLVM.so.20.1");
        try (Disassembler disassembler = world.target().disassembler(llvm)) {
            PathCounter counter = new PathCounter(world.program(disassembler), world.target(), world.macros());
            EntryPaths entry = world.profile().paths().getFirst();
            return counter.count(
                    entry.on(entry.cpus().stream().filter(counter::isFor).toList()));
        }
    }
}
