// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.Review;

class JsonReaderTest {
    @Test
    void givesBackWhatWasWritten() {
        for (Review review : new Review[] {Samples.demo(), TextReportTest.hostile("<b>\u202e\"\\")}) {
            assertThat(JsonReader.read(JsonReport.render(review))).isEqualTo(review);
        }
    }

    @Test
    void readsAReportFromBeforeCodeWasMeasured() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        ((ObjectNode) tree).remove("beside");
        tree.get("patches").forEach(p -> p.get("units").forEach(u -> ((ObjectNode) u).remove("code")));
        Review old = JsonReader.read(mapper.writeValueAsString(tree));
        assertThat(old.patches())
                .allSatisfy(p -> assertThat(p.units())
                        .allSatisfy(u -> assertThat(u.code()).isEqualTo(CodeCounts.none())));
    }

    @Test
    void readsAReportFromBeforeCyclesWereEstimated() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        tree.get("patches").forEach(p -> p.get("units").forEach(u -> ((ObjectNode) u.get("code")).remove("cycles")));
        Review old = JsonReader.read(mapper.writeValueAsString(tree));
        assertThat(old.patches())
                .allSatisfy(p -> assertThat(p.units())
                        .allSatisfy(u -> assertThat(u.code().cycles()).isEmpty()));
    }

    @Test
    void readsAReportFromBeforeVerdictsStoodForOtherFunctions() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        tree.get("patches")
                .forEach(p ->
                        p.get("units").forEach(u -> u.get("roots").forEach(r -> ((ObjectNode) r).remove("alike"))));
        Review old = JsonReader.read(mapper.writeValueAsString(tree));
        assertThat(old.patches())
                .allSatisfy(p -> assertThat(p.units())
                        .allSatisfy(u -> assertThat(u.roots())
                                .allSatisfy(r -> assertThat(r.alike()).isEmpty())));
    }

    @Test
    void refusesWhatIsNoReport() {
        assertThatThrownBy(() -> JsonReader.read("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("format 1");
        assertThatThrownBy(() -> JsonReader.read("no json")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonReader.read("{\"format\": 1, \"title\": \"half of one\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
