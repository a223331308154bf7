// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.json.JsonReader;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Subject;
import org.patchoscope.bot.review.Review.Verdict;

/** A report on two releases speaks of these, and of no patch. */
class ReleasesWordsTest {
    private static final String NOTE = "a note";

    private static Review releases() {
        Review series = Samples.demo();
        Review.Unit unit = Samples.unit("arm64", Samples.BASE, Verdict.NOT_ANALYSED);
        return new Review(
                "linux-7.3 (9bfad5dec62b) against linux-7.2 (63a642fe6f9e)",
                1,
                "",
                "linux-7.2 (63a642fe6f9e)",
                series.tool(),
                List.of("arm64", "x86_64"),
                List.of(new Review.Configuration(Samples.BASE, List.of())),
                List.of(Samples.patch(1, "linux-7.3 (9bfad5dec62b)", List.of(), unit)),
                List.of(),
                List.of(),
                List.of(NOTE),
                series.beside(),
                Subject.RELEASES);
    }

    @Test
    void textNamesBothAndTheCommandThatRepeatsIt() {
        String text = TextReport.render(releases(), false).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("Simulated linux-7.3 (9bfad5dec62b) against linux-7.2 (63a642fe6f9e), arm64")
                .contains("some not analysed")
                .contains("In linux-7.3 (9bfad5dec62b) arm64 does what x86_64 does")
                .contains("In linux-7.2 (63a642fe6f9e) arm64 did what x86_64 did")
                .contains("To repeat: patchoscope releases linux-7.2 linux-7.3 --arch arm64,x86_64")
                .doesNotContainIgnoringCase("patch 1")
                .doesNotContain("this patch", "this series", "whole series", "Applied to");
        assertThat(text.lines()).noneMatch(l -> l.startsWith("patch"));
    }

    @Test
    void thePageDoesToo() {
        String page = HtmlReport.render(releases());

        assertThat(page)
                .contains("Verdict per step and architecture", "<h2", "linux-7.3 (9bfad5dec62b) against linux-7.2")
                .doesNotContain("Patch 1", "patch 1", "this patch", "whole series");
    }

    @Test
    void jsonSaysWhatIsSetAgainstWhatAndIsReadBack() {
        String json = JsonReport.render(releases());

        assertThat(json).contains("\"subject\" : \"releases\"").doesNotContain("patch 1,");
        assertThat(JsonReader.read(json)).isEqualTo(releases());
        String older = JsonReport.render(Samples.demo()).replace(",\n  \"subject\" : \"series\"", "");
        assertThat(older).doesNotContain("subject");
        assertThat(JsonReader.read(older)).isEqualTo(Samples.demo());
    }
}
