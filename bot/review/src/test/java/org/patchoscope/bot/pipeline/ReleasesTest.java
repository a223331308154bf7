// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.pipeline.build.ReleaseStateBuilder;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.KernelConfig;

/** Two trees, each with a configuration of its own, as the two sides of one step. */
class ReleasesTest {
    private static final String OLDER = """
            void hook(long a);
            long f(long a) { if (a & 1) hook(a); return a; }
            long g(long a) { return a + 1; }
            """;

    @TempDir
    private Path directory;

    @Test
    void eachStateIsBuiltFromItsOwnTree() throws Exception {
        Unit unit = unit(OLDER.replace("a + 1", "a + 2"), Map.of("CONFIG_X", "y"), Map.of("CONFIG_X", "y"));

        assertThat(unit.verdict()).isEqualTo(Verdict.CHANGED);
        assertThat(unit.changedFunctions()).containsExactly("g");
        assertThat(unit.notes()).isEmpty();
    }

    @Test
    void optionsThatTheCodeReadsAndThatDifferAreNamed() throws Exception {
        Unit unit = unit(
                OLDER.replace("a + 1", "1 + a"),
                Map.of("CONFIG_X", "y", "CONFIG_Z", "y"),
                Map.of("CONFIG_X", "n", "CONFIG_Z", "n"));

        assertThat(unit.verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(unit.notes())
                .containsExactly(
                        "each release has its own default configuration; of the options that the code reads these"
                                + " differ: CONFIG_X y, now n");
    }

    @Test
    void measuringAloneClaimsNothingOfFunctions() throws Exception {
        Unit unit =
                unit(OLDER.replace("a + 1", "1 + a + a"), Map.of(), Map.of(), r -> r.in(UnitReviewer.Manner.MEASURED));

        assertThat(unit.verdict()).isEqualTo(Verdict.NOT_ANALYSED);
        assertThat(unit.reasons()).containsExactly("what functions do was not asked for");
        assertThat(unit.code().sizes().functions()).isNotEmpty();
    }

    private Unit unit(String newer, Map<String, String> before, Map<String, String> after) throws Exception {
        return unit(newer, before, after, r -> r);
    }

    private Unit unit(
            String newer, Map<String, String> before, Map<String, String> after, UnaryOperator<UnitReviewer> manner)
            throws Exception {
        SmallSeries one = new SmallSeries(Files.createDirectories(directory.resolve("older")), OLDER);
        SmallSeries two = new SmallSeries(Files.createDirectories(directory.resolve("newer")), newer);
        try (Disassembler disassembler = SmallSeries.disassembler()) {
            ReviewPipeline.Lane first = one.lane("base", disassembler, Stopwatch.none());
            ReviewPipeline.Lane second = two.lane("base", disassembler, Stopwatch.none());
            SourceState old = state(one, "older");
            SourceState now = state(two, "newer");
            var builder = new ReleaseStateBuilder(
                    release(old, first.builder(), before), release(now, second.builder(), after));
            var lane = new ReviewPipeline.Lane(
                    first.profile(), first.configuration(), builder, manner.apply(first.reviewer()));
            ReviewJob.Part step = new ReviewJob.Part(1, "newer", "", "", List.of("code.c"), List.of(), List.of());
            ReviewJob job = new ReviewJob(
                    "newer against older",
                    1,
                    "",
                    "older",
                    List.of(old, now),
                    List.of(step),
                    new TreeSet<>(Set.of("code.c")),
                    List.of());
            Review review = new ReviewPipeline("test", s -> {}, Stopwatch.none(), ResultStore.NOTHING)
                    .review(job, List.of(lane), n -> true, List.of());
            return review.patches().getFirst().units().getFirst();
        }
    }

    private static SourceState state(SmallSeries series, String name) throws Exception {
        return SourceState.base(series.job(List.of(), 1).states().getFirst().baseDir(), name);
    }

    private static ReleaseStateBuilder.Release release(
            SourceState state, StateBuilder builder, Map<String, String> config) {
        return new ReleaseStateBuilder.Release(
                state, builder, files -> Set.of("CONFIG_X"), new KernelConfig(new TreeMap<>(config)));
    }
}
