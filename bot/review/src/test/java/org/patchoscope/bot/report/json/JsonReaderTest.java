// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.Samples;
import org.patchoscope.bot.report.text.TextReportTest;
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
    void readsAReportThatQuotesAHunkAndNamesNoCause() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        for (JsonNode patch : tree.get("patches")) {
            for (JsonNode finding : patch.findValues("findings").stream()
                    .flatMap(n -> n.valueStream())
                    .toList()) {
                ((ObjectNode) finding).remove("cause");
                ((ObjectNode) finding).putArray("hunk").add("-old").add("+new");
            }
        }
        assertThat(JsonReader.read(mapper.writeValueAsString(tree)).patches().stream()
                        .flatMap(p -> p.units().stream())
                        .flatMap(u -> u.roots().stream())
                        .flatMap(r -> r.findings().stream()))
                .isNotEmpty()
                .allSatisfy(f -> assertThat(f.cause()).isEqualTo(Review.Cause.quoting(List.of("-old", "+new"))));
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

    /** "equivalent" was said then of what had been cut at the loop bound. */
    @Test
    void readsAReportFromBeforeTheBoundWasAVerdict() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        JsonNode unit = tree.get("patches").get(0).get("units").get(0);
        ((ObjectNode) unit).put("verdict", "equivalent");
        unit.get("roots")
                .forEach(r -> ((ObjectNode) r).put("verdict", "equivalent").remove("loops"));

        assertThat(JsonReader.read(mapper.writeValueAsString(tree))).isEqualTo(Samples.demo());
    }

    /** The first sixty pairs of paths had their conditions worked out then, and the first one of a race. */
    @Test
    void readsAReportFromBeforeItSaidOfHowManyPathsConditionsAre() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        List<JsonNode> findings = tree.findValues("findings").stream()
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                .filter(f -> f.has("further"))
                .toList();
        findings.forEach(f -> ((ObjectNode) f).put("pairs", 100).remove("further"));

        Review old = JsonReader.read(mapper.writeValueAsString(tree));

        assertThat(findings).isNotEmpty();
        assertThat(old.patches())
                .flatExtracting(p -> p.units())
                .flatExtracting(u -> u.roots())
                .flatExtracting(r -> r.findings())
                .allSatisfy(f -> assertThat(f.further()).isEqualTo(f.kind() == Review.Verdict.RACE_WINDOW ? 99 : 40));
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
