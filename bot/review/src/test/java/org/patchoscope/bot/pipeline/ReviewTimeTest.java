// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** A review that has only so much time tells what it has compared, and of all else that it has not. */
@Timeout(120)
class ReviewTimeTest {
    private static final String WHY = "the review's time (60 min) was up";
    private static final String BASE = "void hook(long a); long f(long a) { hook(a); return a; }\n";
    private static final String FIRST = BASE.replace("hook(a);", "hook(a + 1);");
    private static final String SECOND = FIRST.replace("return a;", "return a + 2;");

    private final AtomicBoolean up = new AtomicBoolean();
    private final WorkTime time = () -> up.get() ? Optional.of(WHY) : Optional.empty();

    @TempDir
    private Path directory;

    @Test
    void withoutTimeNothingIsAnalysedAndThatIsSaid() throws Exception {
        up.set(true);
        Review review = review(time, ResultStore.NOTHING, s -> {});

        assertThat(review.patches())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.units()).singleElement().satisfies(u -> {
                    assertThat(u.verdict()).isEqualTo(Verdict.NOT_ANALYSED);
                    assertThat(u.reasons()).containsExactly(WHY);
                }));
        assertThat(review.limits()).first().isEqualTo("what is said to be left out because " + WHY);
        assertThat(TextReport.render(review, false)).contains(WHY);
    }

    @Test
    void whatWasComparedByThenIsTold() throws Exception {
        // The patches are compared beside each other, and the whole after them.
        Review review = review(time, ResultStore.NOTHING, said -> up.compareAndSet(false, said.contains("whole")));

        assertThat(review.whole().getFirst().units().getFirst().verdict()).isEqualTo(Verdict.NOT_ANALYSED);
        assertThat(review.patches().getFirst().units().getFirst().verdict()).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void noResultOfAReviewWithoutTimeIsKept() throws Exception {
        ResultStore store = new DiskResults(directory.resolve("results"), "program");
        up.set(true);
        review(time, store, s -> {});
        up.set(false);
        Review later = review(time, store, s -> {});
        Review unhurried = review(WorkTime.UNBOUNDED, ResultStore.NOTHING, s -> {});

        assertThat(later).isEqualTo(unhurried);
        assertThat(later.patches())
                .allSatisfy(p -> assertThat(p.units().getFirst().verdict()).isEqualTo(Verdict.CHANGED));

        up.set(true);
        assertThat(review(time, store, s -> {}))
                .as("what was kept before is told without time, too")
                .isEqualTo(unhurried);
    }

    @Test
    void aCancelledReviewEndsWithoutResult() {
        var bounded = new BoundedTime(Duration.ofHours(1), WHY, System::nanoTime);
        AtomicInteger steps = new AtomicInteger();
        assertThatExceptionOfType(WorkCancelled.class)
                .isThrownBy(() -> review(bounded, ResultStore.NOTHING, s -> {
                    steps.incrementAndGet();
                    bounded.cancel();
                }));
        assertThat(steps).as("begun after it was cancelled, beside each other").hasValueLessThan(4);
    }

    private Review review(WorkTime within, ResultStore store, Consumer<String> progress) throws Exception {
        SmallSeries series = new SmallSeries(directory, BASE);
        try (Disassembler disassembler = SmallSeries.disassembler()) {
            var lanes = List.of(series.lane("base", disassembler, Stopwatch.none(), within));
            return new ReviewPipeline("test", progress, Stopwatch.none(), store)
                    .review(series.job(List.of(FIRST, SECOND), 1), lanes, n -> true, new ArrayList<>());
        }
    }
}
