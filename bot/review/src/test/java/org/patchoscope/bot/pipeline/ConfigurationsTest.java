// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.semantics.isa.Disassembler;

/** A patch in the base and in a variation of it: when the second takes the result of the first. */
class ConfigurationsTest {
    private static final String BASE = """
            #ifdef CONFIG_PAIR
            struct pair { long a, b; };
            #else
            struct pair { long a; };
            #endif
            void hook(long a);
            #ifdef CONFIG_FAR
            void far(struct pair *p) { hook(p->a); }
            #endif
            #ifdef CONFIG_HELP
            __attribute__((noinline)) static void help(long a) { hook(a); }
            #else
            __attribute__((noinline)) static void help(long a) { if (a) hook(a); }
            #endif
            long f(long a) { help(a & 3); return a; }
            long g(long a) { return a + 1; }
            long h(struct pair *p) { return p->a; }
            """;

    private static final String NO_HELP = BASE.replace("help(a & 3);", "");
    private static final String OTHER_FORM = BASE.replace("a & 3", "3 & a + 4");

    private static final String TAKEN =
            "what is compared has the same code as in configuration base, down to all that it calls, and has been compared there";

    private final AtomicInteger comparisons = new AtomicInteger();

    @TempDir
    private Path directory;

    @Test
    void aPatchThatReachesTheSameCodeHasTheSameResult() throws Exception {
        List<Unit> units = review(NO_HELP, "-DCONFIG_FAR", "-DCONFIG_PAIR");

        assertThat(units).extracting(Unit::configuration).containsExactly("base", "other");
        assertThat(units).extracting(Unit::verdict).containsOnly(Verdict.CHANGED);
        assertThat(units.getLast().roots()).isEqualTo(units.getFirst().roots());
        assertThat(units.getFirst().notes()).doesNotContain(TAKEN);
        assertThat(units.getLast().notes()).contains(TAKEN);
        // What is measured goes beyond the code compared, so it is measured in each.
        assertThat(units).allSatisfy(u -> assertThat(u.code().changed()).isTrue());
        assertThat(comparisons).hasValue(1);
    }

    @Test
    void aProofIsTakenAsWell() throws Exception {
        List<Unit> units = review(OTHER_FORM, "-DCONFIG_FAR");

        assertThat(units).extracting(Unit::verdict).containsOnly(Verdict.EQUIVALENT);
        assertThat(units.getLast().notes()).contains(TAKEN);
    }

    @Test
    void whereACalleeDiffersThePatchIsComparedAgain() throws Exception {
        List<Unit> units = review(NO_HELP, "-DCONFIG_HELP");

        assertThat(units).extracting(Unit::verdict).containsOnly(Verdict.CHANGED);
        assertThat(units.getLast().notes()).doesNotContain(TAKEN);
        assertThat(comparisons).hasValue(2);
    }

    @Test
    void aPatchThatMovesMembersIsComparedInTheBaseAlone() throws Exception {
        List<Unit> units = review(
                BASE.replace("#ifdef CONFIG_FAR", "#if 1")
                        .replace("struct pair { long a; };", "struct pair { long c, a; };"),
                "-DCONFIG_FAR");

        assertThat(units.getLast().verdict()).isEqualTo(Verdict.NOT_ANALYSED);
        assertThat(units.getLast().reasons())
                .containsExactly("the layout of pair changes: such patches are compared in configuration base,"
                        + " and in those that are asked for with --config-variant");
        assertThat(comparisons).as("the base's").hasValue(1);
    }

    @Test
    void inAConfigurationThatIsAskedForItIsCompared() throws Exception {
        List<Unit> units = review(
                UnitReviewer.Manner.WHOLE,
                BASE.replace("#ifdef CONFIG_FAR", "#if 1")
                        .replace("struct pair { long a; };", "struct pair { long c, a; };"),
                "-DCONFIG_FAR");

        assertThat(units.getLast().verdict()).isEqualTo(units.getFirst().verdict());
        assertThat(comparisons).hasValue(2);
    }

    private List<Unit> review(String patched, String... other) throws IOException {
        return review(UnitReviewer.Manner.DERIVED, patched, other);
    }

    private List<Unit> review(UnitReviewer.Manner manner, String patched, String... other) throws IOException {
        SmallSeries series = new SmallSeries(directory, BASE);
        Stopwatch counted = (stage, time) -> {
            if (stage == Stopwatch.Stage.COMPARE) {
                comparisons.incrementAndGet();
            }
        };
        try (Disassembler disassembler = SmallSeries.disassembler()) {
            var derived = series.lane("other", disassembler, counted, other);
            var lanes = List.of(
                    series.lane("base", disassembler, counted),
                    new ReviewPipeline.Lane(
                            derived.profile(),
                            derived.configuration(),
                            derived.builder(),
                            derived.reviewer().in(manner)));
            return new ReviewPipeline("test", s -> {}, Stopwatch.none(), ResultStore.NOTHING)
                    .review(series.job(List.of(patched), 1), lanes, n -> true, List.of())
                    .patches()
                    .getFirst()
                    .units();
        }
    }
}
