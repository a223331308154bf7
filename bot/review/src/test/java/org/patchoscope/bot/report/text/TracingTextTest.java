// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.json.JsonReportTest;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.Review.TracingChange;
import org.patchoscope.bot.review.Review.TracingChange.Turn;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.TracingReport;

public class TracingTextTest {
    private static final String INLINE = "declared inline, which implies notrace";

    @Test
    void functionsThatBecomeTraceableAreCountedAndNamedByReason() {
        assertThat(TracingText.render(report(tracing(3)), false))
                .contains("10 functions of 2 objects could be traced, 13 can be now.")
                .contains("3 functions become traceable")
                .contains("before: " + INLINE + " (3)")
                .contains("__do_sys_call1")
                .contains("Called in functions that must not be instrumented")
                .contains("early() (kernel/b.o) calls __do_sys_call0()");
    }

    @Test
    void nothingChangedIsSaid() {
        assertThat(TracingText.render(report(Tracing.of(10, 10, List.of(), List.of())), false))
                .contains("No function that was there becomes or stops being traceable.");
    }

    @Test
    void aCallThatLeavesNoinstrCodeIsInTheHeadlineToo() throws Exception {
        Review review = review(new Tracing(
                10,
                10,
                List.of(),
                List.of(),
                List.of("early() (kernel/b.o) calls late()"),
                List.of("early() calls x()"),
                List.of("el0() calls y()")));

        assertThat(TextReport.render(review, false))
                .containsPattern("1\\scall that leaves noinstr code")
                .contains("where that is not\n  allowed:\n    early() (kernel/b.o) calls late()")
                .contains("is not\n  noinstr:\n    early() calls x()")
                .containsPattern("objects\\s+do\\s+not\\s+say:\\s+el0\\(\\) calls y\\(\\)");
        assertThat(HtmlReport.render(review)).contains("early() (kernel/b.o) calls late()");
        assertThat(problems("report-schema.json", JsonReport.render(review))).isEmpty();
    }

    @Test
    void noLineIsLongerThanTheScreen() {
        assertThat(TracingText.render(report(tracing(60)), false).lines()).allMatch(l -> l.length() <= 80);
    }

    @Test
    void aReviewHasASectionOfItInEveryForm() throws Exception {
        Review review = review(tracing(20));

        assertThat(TextReport.render(review, false))
                .contains("Tracing, arm64, base")
                .contains("20 functions become traceable")
                .contains("and 8 more, which --json lists");
        assertThat(HtmlReport.render(review)).contains("Tracing, arm64, base").contains("__do_sys_call19");
        assertThat(problems("report-schema.json", JsonReport.render(review))).isEmpty();
    }

    @Test
    void jsonFitsItsSchema() throws Exception {
        assertThat(problems("tracing-schema.json", JsonReport.render(report(tracing(3)))))
                .isEmpty();
    }

    public static List<String> problems(String schema, String json) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode root = mapper.readTree(Path.of("../../docs", schema).toFile());
        return JsonReportTest.problems(root, root, mapper.readTree(json), "");
    }

    private static Tracing tracing(int changes) {
        return Tracing.of(
                10,
                10 + changes,
                IntStream.range(0, changes)
                        .mapToObj(i -> new TracingChange(
                                "__do_sys_call" + i, "mm/a.o", INLINE, "can be traced", Turn.BECOMES_TRACEABLE))
                        .toList(),
                List.of("early() (kernel/b.o) calls __do_sys_call0()"));
    }

    private static TracingReport report(Tracing tracing) {
        TracingReport.Lane lane =
                new TracingReport.Lane("arm64", "base", 2, List.of("mm/x.o"), List.of(), tracing, List.of());
        return new TracingReport("Trace more", "linux (0123)", "test", List.of(lane), List.of("the rest"));
    }

    static Review review(Tracing tracing) {
        Unit unit = Unit.unmeasured(
                        "arm64", "base", Verdict.EQUIVALENT, List.of(), List.of(), List.of(), List.of(), List.of())
                .with(tracing);
        PatchReview patch =
                new PatchReview(1, "Trace more", "", List.of("mm/a.c"), List.of(), List.of(), List.of(unit));
        return new Review(
                "Trace more",
                1,
                "A",
                "linux",
                "test",
                List.of("arm64"),
                List.of(new Review.Configuration("base", List.of())),
                List.of(patch),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
