// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.cli.Main;

/** A patch of the real series on the real tree, from the mbox to the verdict. */
class KernelReviewTest {
    @TempDir
    private Path directory;

    @Test
    void theRenameOfPatch8IsProvenEquivalent() throws Exception {
        JsonNode unit = review("8", "arm64");

        assertThat(unit.get("verdict").asText()).isEqualTo("equivalent");
        assertThat(unit.get("notes").toString()).contains("syscall_trace_exit() is now syscall_exit_work()");
        assertThat(unit.get("paths").get("counted"))
                .hasSize(14)
                .allSatisfy(p -> assertThat(p.get("after")).isEqualTo(p.get("before")));
        assertThat(unit.get("roots").get(0).get("function").asText()).isEqualTo("el0_svc_common");
    }

    @Test
    void aFallbackThatX86OverridesIsProvenEquivalentThere() throws Exception {
        JsonNode unit = review("2", "x86_64");

        assertThat(unit.get("arch").asText()).isEqualTo("x86_64");
        assertThat(unit.get("verdict").asText()).isEqualTo("equivalent");
    }

    private JsonNode review(String patch, String arch) throws Exception {
        String tree = System.getenv("PATCHOSCOPE_TREE_7_2");
        Path mbox = Path.of(System.getProperty("patchoscope.shared", "shared"), "corpus", "thread-v16.mbox");
        assumeTrue(tree != null, "PATCHOSCOPE_TREE_7_2 names no kernel tree");
        assumeTrue(Files.exists(mbox), "no corpus at " + mbox);
        Path out = directory.resolve("review.json");
        int exit = Main.run(new String[] {
            "review",
            mbox.toString(),
            "--tree",
            tree,
            "--only",
            patch,
            "--arch",
            arch,
            "--no-variants",
            "-q",
            "--json",
            "-o",
            out.toString()
        });
        assertThat(exit).isZero();
        return new ObjectMapper()
                .readTree(out.toFile())
                .get("patches")
                .get(0)
                .get("units")
                .get(0);
    }
}
