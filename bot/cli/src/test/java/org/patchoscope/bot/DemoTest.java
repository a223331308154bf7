// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.cli.Main;

/** The demo, from its mbox to its report: what demo/EXPECTED.md says of arm64. */
class DemoTest {
    @TempDir
    private Path directory;

    @Test
    void everyPatchGetsTheVerdictItDeservesAndTwiceTheSameReport() throws Exception {
        Path first = directory.resolve("first.json");
        Path second = directory.resolve("second.json");

        assertThat(Main.run(new String[] {"demo", "-q", "--json", "-o", first.toString()}))
                .isZero();
        assertThat(Main.run(new String[] {"demo", "-q", "--json", "-o", second.toString()}))
                .isZero();

        JsonNode review = new ObjectMapper().readTree(first.toFile());
        List<String> verdicts = new ArrayList<>();
        review.get("patches")
                .forEach(p -> verdicts.add(p.get("units").get(0).get("verdict").asText()));
        assertThat(verdicts).containsExactly("equivalent", "race-window", "changed", "changed");
        List<String> lost = new ArrayList<>();
        review.get("patches")
                .get(2)
                .get("units")
                .get(0)
                .get("roots")
                .forEach(r ->
                        r.get("findings").forEach(f -> lost.add(f.get("summary").asText())));
        assertThat(lost).singleElement().asString().startsWith("syscall_exit_work() is no longer called");
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
    }
}
