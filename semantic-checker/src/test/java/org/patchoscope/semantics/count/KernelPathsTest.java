// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static List<PathCount> counts(KernelWorld world) {
        Path llvm = TestToolchain.directory().resolve("lib/libLLVM.so.20.1");
        try (Disassembler disassembler = world.target().disassembler(llvm)) {
            PathCounter counter = new PathCounter(world.program(disassembler), world.target(), world.macros());
            return counter.count(world.profile().paths().getFirst());
        }
    }
}
