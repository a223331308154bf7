// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.TracingTextTest;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.bot.review.VersionComparison.Carried;
import org.patchoscope.bot.review.VersionComparison.Fate;

class ComparisonJsonTest {
    @Test
    void threeReviewsAndTheFindingsOfBoth() throws Exception {
        Review review = Samples.demo();
        Carried carried = new Carried(
                Fate.STILL_THERE, "0123456789", "arm64", Verdict.CHANGED, "f() is gone", List.of(1), List.of(0), "");

        String json = JsonReport.render(new VersionComparison(review, review, review, List.of(carried)));

        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = (ObjectNode) mapper.readTree(json);
        for (String part : List.of("difference", "older", "newer")) {
            assertThat(TracingTextTest.problems(
                            "report-schema.json", root.get(part).toString()))
                    .isEmpty();
            root.set(part, mapper.createObjectNode());
        }
        assertThat(TracingTextTest.problems("compare-schema.json", root.toString()))
                .isEmpty();
    }
}
