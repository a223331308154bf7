// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/** The named paths of the profile on a real kernel tree. */
class KernelPathsTest {
    @Test
    void everyNamedPathIsUniqueAndEndsInEret() throws Exception {
        KernelWorld world = KernelWorld.arm64();
        try (Disassembler disassembler = TestToolchain.arm64()) {
            PathCounter counter = new PathCounter(world.program(disassembler), world.macros());
            List<PathCount> counts = counter.count(world.profile().paths().getFirst());

            assertThat(counts)
                    .hasSize(14)
                    .allSatisfy(c -> assertThat(c.result())
                            .isInstanceOfSatisfying(
                                    PathCount.Counted.class,
                                    r -> assertThat(r.exit()).isEqualTo("eret")));
        }
    }
}
