// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.report.json.JsonReport;
import org.patchoscope.bot.report.text.ComparisonText;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.bot.review.VersionComparison.Carried;
import org.patchoscope.bot.review.VersionComparison.Fate;
import org.patchoscope.semantics.isa.Disassembler;

/** Two versions of a small series, from sources to a comparison. */
class VersionReviewerTest {
    private static final String BASE = """
            void hook(long a);
            long f(long a) { if (a & 1) hook(a); return a; }
            long g(long a) { return a + 1; }
            """;

    private static final String NO_HOOK = BASE.replace("if (a & 1) hook(a);", "");
    private static final String OTHER_RESULT = BASE.replace("a + 1", "a + 2");

    @TempDir
    private Path directory;

    @Test
    void aFindingOfTheOlderAloneIsFixed() throws Exception {
        VersionComparison c = compare(List.of(NO_HOOK), List.of(BASE.replace("a & 1", "(a & 1) != 0")));

        assertThat(c.carried()).extracting(Carried::fate).containsExactly(Fate.FIXED);
        assertThat(c.carried().getFirst().olderPatches()).containsExactly(1);
        assertThat(verdict(c)).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void whatBothHaveIsStillThereAndNoDifferenceOfTheirEnds() throws Exception {
        VersionComparison c = compare(List.of(NO_HOOK), List.of(BASE, NO_HOOK));

        assertThat(c.carried()).extracting(Carried::fate).containsExactly(Fate.STILL_THERE);
        assertThat(c.carried().getFirst().newerPatches()).containsExactly(0, 2);
        assertThat(verdict(c)).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void aFindingOfTheNewerAloneIsNew() throws Exception {
        VersionComparison c = compare(List.of(BASE), List.of(OTHER_RESULT));

        assertThat(c.carried()).extracting(Carried::fate).containsExactly(Fate.NEW);
        assertThat(ComparisonText.render(c, false))
                .contains("New (1)")
                .contains("g() returns another value")
                .contains("arm64, base: changed");
    }

    @Test
    void nothingIsFixedWhereNotEverythingWasAnalysed() throws Exception {
        String open = BASE.replace("return a + 1;", "long t[4] = {0}; t[a & 3] = 1; return t[0] + a + 1;");

        VersionComparison c = compare(List.of(NO_HOOK), List.of(open));

        assertThat(c.carried()).extracting(Carried::fate).containsExactly(Fate.UNDECIDED);
        assertThat(c.carried().getFirst().because()).contains("not everything was analysed of patch 1");
    }

    @Test
    void theFormsFitTheScreenAndTheSchema() throws Exception {
        VersionComparison c = compare(List.of(NO_HOOK), List.of(OTHER_RESULT));

        assertThat(ComparisonText.render(c, false).lines()).allMatch(l -> l.length() <= 80);
        assertThat(JsonReport.render(c))
                .contains("\"fate\" : \"new\"")
                .contains("\"fate\" : \"fixed\"")
                .contains("\"older\"");
    }

    private static Verdict verdict(VersionComparison c) {
        return c.difference().patches().getFirst().units().getFirst().verdict();
    }

    private VersionComparison compare(List<String> older, List<String> newer) throws IOException {
        SmallSeries series = new SmallSeries(directory, BASE);
        try (Disassembler disassembler = SmallSeries.disassembler()) {
            var lane = series.lane("base", disassembler, Stopwatch.none());
            var pipeline = new ReviewPipeline("test", s -> {}, Stopwatch.none(), ResultStore.NOTHING);
            return new VersionReviewer(pipeline)
                    .review(series.job(older, 1), series.job(newer, 2), List.of(lane), List.of());
        }
    }
}
