// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Whether an access is atomic, and ordered with others, matters where other processors write. */
class AccessOrderTest {
    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @CsvSource({
        "x86_64,'lock orb $2, (%rdi); ret','orb $2, (%rdi); ret'",
        "x86_64,'lock btrq $3, (%rdi); ret','btrq $3, (%rdi); ret'",
        "arm64,'ldar x1, [x0]; str x1, [x0, #8]; ret','ldr x1, [x0]; str x1, [x0, #8]; ret'",
        "arm64,'stlr x1, [x0]; ret','str x1, [x0]; ret'",
        "arm64,'.arch armv8.1-a; ldsetal x1, x2, [x0]; ret','.arch armv8.1-a; ldset x1, x2, [x0]; ret'",
        "arm64,'.arch armv8.1-a; stset x1, [x0]; ret','ldr x2, [x0]; orr x2, x2, x1; str x2, [x0]; ldr x2, [x0]; ret'",
        "arm64,'add x3, x0, #8; stlr x1, [x0]; ldar x2, [x3]; ret','add x3, x0, #8; ldar x2, [x3]; stlr x1, [x0]; ret'",
    })
    void aRaceIsSeenWhereItIsAnother(String arch, String before, String after) throws Exception {
        AssemblyVersions versions = new AssemblyVersions(arch, directory);

        assertThat(versions.verdict("f", start(arch) + before, start(arch) + before + "; nop", Map.of()))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(versions.verdict("f", start(arch) + before, start(arch) + after, Map.of()))
                .isInstanceOfAny(Verdict.RaceWindow.class, Verdict.NotAnalysed.class);
    }

    private static String start(String arch) {
        return arch.equals("arm64") ? "mrs x0, sp_el0; mov x1, #1; mov x2, #2; " : "movq %gs:current_task, %rdi; ";
    }
}
