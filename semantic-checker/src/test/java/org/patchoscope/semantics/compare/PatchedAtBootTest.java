// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Code that the kernel patches when it boots is simulated as it is on a machine that has booted. */
class PatchedAtBootTest {
    private static final int ALWAYS_SYSTEM = 1;
    private static final int PAN = 2;

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void behindABranchThatBecomesANopOnEveryMachineIsCodeThatRuns() throws Exception {
        String before = skipped("alt_cb_patch_nops", ALWAYS_SYSTEM, "bl hook");

        assertThat(verdict(before, before + "; nop")).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, before.replace("bl hook", "nop"))).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whatOnlyTheUnpatchedCodeReachesIsNoDifference() throws Exception {
        String before = "stp x29, x30, [sp, #-16]!; " + site("alt_cb_patch_nops", ALWAYS_SYSTEM, "b 2f")
                + "bl hook; b 3f; 2: {unpatched}; 3: ldp x29, x30, [sp], #16; ret";

        assertThat(verdict(before.replace("{unpatched}", "nop"), before.replace("{unpatched}", "bl hook")))
                .isInstanceOf(Verdict.Equivalent.class);
        String byFeature = before.replace("(1 << 15) | 1", "(1 << 15) | 2");
        assertThat(verdict(byFeature.replace("{unpatched}", "nop"), byFeature.replace("{unpatched}", "bl hook")))
                .as("a machine without the feature")
                .isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void whereAMachineDecidesBothResultsAreTaken() throws Exception {
        for (String callback : new String[] {
            "spectre_v4_patch_fw_mitigation_enable", "spectre_bhb_patch_loop_mitigation_enable", "kasan_hw_tags_enable"
        }) {
            String before = skipped(callback, ALWAYS_SYSTEM, "bl hook");
            assertThat(verdict(before, before.replace("bl hook", "nop")))
                    .as(callback)
                    .isInstanceOf(Verdict.Changed.class);
        }
    }

    @Test
    void aCallToFirmwareReadsAndChangesRegisters() throws Exception {
        String before =
                "stp x29, x30, [sp, #-16]!; mov w0, #0x7fff; movk w0, #0x8000, lsl #16; mov w1, #1; mov x4, #7; "
                        + site("smccc_patch_fw_mitigation_conduit", ALWAYS_SYSTEM, "nop")
                        + "mov x0, x4; ldp x29, x30, [sp], #16; ret";

        assertThat(verdict(before, before.replace("mov w1, #1; mov x4, #7", "mov x4, #7; mov w1, #1")))
                .isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, before.replace("mov w1, #1", "mov w1, #0"))).isInstanceOf(Verdict.Changed.class);
        String kept = before + "; nop";
        assertThat(verdict(before, kept)).isInstanceOf(Verdict.Equivalent.class);
    }

    @Test
    void aNumberThatIsPatchedInIsTheMachines() throws Exception {
        String before = site(
                        "kvm_get_kimage_voffset",
                        ALWAYS_SYSTEM,
                        "movz x0, #0; movk x0, #0, lsl #16; " + "movk x0, #0, lsl #32; movk x0, #0, lsl #48")
                + "cbz x0, 2f; b hook; 2: ret";

        assertThat(verdict(before, before.replace("b hook", "nop; b hook"))).isInstanceOf(Verdict.Equivalent.class);
        assertThat(verdict(before, before.replace("b hook", "ret"))).isInstanceOf(Verdict.Changed.class);
    }

    @Test
    void ofAnUnknownCallbackNothingIsConcluded() throws Exception {
        String before = skipped("some_other_callback", ALWAYS_SYSTEM, "bl hook");

        assertThat(verdict(before, before.replace("bl hook", "nop"))).isInstanceOf(Verdict.NotAnalysed.class);
        assertThat(verdict(before, before.replace("bl hook", "nop; bl hook"))).isInstanceOf(Verdict.NotAnalysed.class);
    }

    /** {@code code}, with a branch over it that {@code callback} patches. */
    private static String skipped(String callback, int feature, String code) {
        return "stp x29, x30, [sp, #-16]!; " + site(callback, feature, "b 2f") + code
                + "; 2: ldp x29, x30, [sp], #16; ret";
    }

    /** As {@code alternative_cb} of arch/arm64/include/asm/alternative-macros.h. */
    private static String site(String callback, int feature, String code) {
        return "661: " + code + "; 662: .pushsection .altinstructions, \\\"a\\\"; .word 661b - .; .word " + callback
                + " - .; .hword (1 << 15) | " + feature + "; .byte 662b - 661b; .byte 0; .popsection; ";
    }

    private Verdict verdict(String before, String after) throws Exception {
        return new AssemblyVersions("arm64", directory)
                .verdict("f", before, after, Map.of(ALWAYS_SYSTEM, "ARM64_ALWAYS_SYSTEM", PAN, "ARM64_HAS_PAN"));
    }
}
