// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.report.ComparisonText;
import org.patchoscope.bot.report.JsonReport;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Verdict;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.bot.review.VersionComparison.Carried;
import org.patchoscope.bot.review.VersionComparison.Fate;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Two versions of a small series, from sources to a comparison. */
class VersionReviewerTest {
    private static final Toolchain TOOLCHAIN =
            Toolchain.unpack(Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {});

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
                .contains("g() returns a different value")
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
        Target target = Target.of("arm64");
        try (Disassembler disassembler = target.disassembler(TOOLCHAIN.libLLVM())) {
            var lane = new ReviewPipeline.Lane(
                    new Profiles().shipped("demo-arm64"),
                    new Review.Configuration("base", List.of()),
                    new DemoStateBuilder(
                            TOOLCHAIN,
                            List.of(new DemoStateBuilder.Source("arm64", "code.o", "code.c")),
                            List.of("--target=aarch64-linux-gnu", "-O2", "-g", "-mgeneral-regs-only", "-Iinclude"),
                            directory.resolve("work")),
                    new UnitReviewer(
                            new Profiles().shipped("demo-arm64"),
                            disassembler,
                            new LoadedObjects(new DebugInfoReader(TOOLCHAIN.tool("llvm-dwarfdump"))),
                            Limits.REVIEW,
                            f -> {},
                            Stopwatch.none()));
            var pipeline = new ReviewPipeline("test", s -> {}, Stopwatch.none(), ResultStore.NOTHING);
            return new VersionReviewer(pipeline).review(job(older, 1), job(newer, 2), List.of(lane), List.of());
        }
    }

    private ReviewJob job(List<String> codes, int version) throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("include/asm"));
        Files.writeString(tree.resolve("include/asm/thread_info.h"), "");
        Files.writeString(tree.resolve("code.c"), BASE);
        SourceState base = SourceState.base(tree, "base");
        List<SourceState> states = new ArrayList<>(List.of(base));
        List<ReviewJob.Part> parts = new ArrayList<>();
        for (String code : codes) {
            var replaced = new TreeMap<>(Map.of("code.c", code.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            states.add(new SourceState(tree, "base", replaced, new TreeSet<>()));
            int number = states.size() - 1;
            parts.add(new ReviewJob.Part(number, "Patch " + number, "", "", List.of("code.c"), List.of(), List.of()));
        }
        return new ReviewJob(
                "A series", version, "A", "tree", states, parts, new TreeSet<>(List.of("code.c")), List.of());
    }
}
