// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.tracing.Instrumentation;
import org.patchoscope.semantics.tracing.Instrumentation.Call;
import org.patchoscope.semantics.tracing.Instrumentation.Callee;

/** Code of a release that must not be instrumented, which objtool has checked when it was linked. */
class KernelNoinstrTest {
    @Test
    void noneOfTheEntryObjectsOfX86LeavesIt() throws Exception {
        KernelWorld world = KernelWorld.x86();
        try (Disassembler disassembler = TestToolchain.x86()) {
            Instrumentation analysis = new Instrumentation(world.program(disassembler));
            List<Call> calls = calls(world, analysis).toList();

            assertThat(analysis.known()).isTrue();
            assertThat(calls).hasSizeGreaterThan(50).anyMatch(Call::allowed);
            assertThat(calls)
                    .filteredOn(c -> !c.allowed())
                    .filteredOn(c -> c.where() == Callee.INSTRUMENTABLE || c.where() == Callee.BEHIND_POINTER)
                    .isEmpty();
        }
    }

    private static Stream<Call> calls(KernelWorld world, Instrumentation analysis) {
        return world.objects().stream().flatMap(o -> analysis.calls(o).stream());
    }
}
