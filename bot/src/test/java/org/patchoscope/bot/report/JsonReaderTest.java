// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.TracingChange;

class JsonReaderTest {
    @Test
    void givesBackWhatWasWritten() {
        for (Review review : new Review[] {Samples.demo(), TextReportTest.hostile("<b>\u202e\"\\")}) {
            assertThat(JsonReader.read(JsonReport.render(review))).isEqualTo(review);
        }
    }

    /** A patch that makes a function traceable, as one of the corpus does: each word there is for a turn. */
    @Test
    void givesBackEveryWordOfTracing() {
        List<TracingChange> changes = Stream.of(TracingChange.Turn.values())
                .map(t -> new TracingChange("f", "kernel/entry/common.o", "inlined", "traceable", t))
                .toList();
        Review.Unit unit = new Review.Unit(
                "arm64",
                "base",
                Review.Verdict.EQUIVALENT,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Review.PathCounts.none(),
                CodeCounts.none(),
                new Review.Tracing(1, 2, changes, List.of()));
        Review demo = Samples.demo();
        Review review = new Review(
                demo.title(),
                demo.version(),
                demo.author(),
                demo.base(),
                demo.tool(),
                demo.architectures(),
                demo.configurations(),
                List.of(new Review.PatchReview(1, "t", "i@x", List.of(), List.of(), List.of(), List.of(unit))),
                List.of(),
                List.of(),
                List.of());
        assertThat(JsonReader.read(JsonReport.render(review))).isEqualTo(review);
    }

    @Test
    void readsAReportFromBeforeCodeWasMeasured() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode tree = mapper.readTree(JsonReport.render(Samples.demo()));
        tree.get("patches").forEach(p -> p.get("units").forEach(u -> ((ObjectNode) u).remove("code")));
        Review old = JsonReader.read(mapper.writeValueAsString(tree));
        assertThat(old.patches())
                .allSatisfy(p -> assertThat(p.units())
                        .allSatisfy(u -> assertThat(u.code()).isEqualTo(CodeCounts.none())));
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
