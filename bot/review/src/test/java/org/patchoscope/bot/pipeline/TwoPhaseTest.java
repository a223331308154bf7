// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.bot.pipeline.build.DemoStateBuilder;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.report.text.TextReport;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.CodeCounts.MacroCount;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.config.Profiles;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;

/** What a review says of the series that splits the trace entry in two, from the code alone ({@code twophase/}). */
class TwoPhaseTest {
    @TempDir
    private static Path directory;

    private static Review review;

    @BeforeAll
    static void reviewTheSeries() throws Exception {
        var compile =
                Objects.requireNonNull(TwoPhaseTest.class.getResource("/org/patchoscope/bot/twophase/compile.yaml"));
        copy(Objects.requireNonNull(Path.of(compile.toURI()).getParent()));
        Toolchain llvm = Toolchain.unpack(
                Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {});
        TreeStore store = new TreeStore(directory.resolve("store"));
        var series = SeriesAssembler.assemble(MailSource.read(directory.resolve("series.mbox")))
                .newest("the fixture's series");
        ReviewJob job = new JobMaker(store).ofSeries(series, store.add("twophase", directory.resolve("tree")), null);
        var profile = new Profiles().read(Files.readString(directory.resolve("profile.yaml")));
        try (Disassembler disassembler = Target.of("x86_64").disassembler(llvm.libLLVM())) {
            var reviewer = new UnitReviewer(
                    profile,
                    disassembler,
                    CycleModel.of(Target.of("x86_64"), llvm.tool("llvm-mca")),
                    new LoadedObjects(new DebugInfoReader(llvm.tool("llvm-dwarfdump"))),
                    Limits.REVIEW,
                    f -> {},
                    Stopwatch.none());
            var lane = new ReviewPipeline.Lane(
                    profile, new Review.Configuration("base", List.of()), builder(llvm), reviewer);
            review = new ReviewPipeline("test", s -> {}, Stopwatch.none(), ResultStore.NOTHING)
                    .review(job, List.of(lane), n -> true, List.of());
        }
    }

    private static DemoStateBuilder builder(Toolchain llvm) throws IOException {
        JsonNode compile =
                new YAMLMapper().readTree(directory.resolve("compile.yaml").toFile());
        List<DemoStateBuilder.Source> sources = new ArrayList<>();
        compile.get("objects")
                .forEach(o -> sources.add(new DemoStateBuilder.Source(
                        "x86_64", o.get("object").asText(), o.get("source").asText())));
        List<String> arguments = new ArrayList<>();
        compile.get("arguments").get("x86_64").forEach(a -> arguments.add(a.asText()));
        return new DemoStateBuilder(llvm, sources, arguments, directory.resolve("work"));
    }

    private static void copy(Path from) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.filter(Files::isRegularFile).toList()) {
                Path to = directory.resolve(from.relativize(p).toString());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(p, to);
            }
        }
    }

    @Test
    void splittingTheFunctionChangesNothing() {
        assertThat(patch(1).units().getFirst().verdict()).isEqualTo(Review.Verdict.EQUIVALENT);
        assertThat(patch(1).claims()).extracting(Review.Claim::standing).containsExactly(Standing.HOLDS);
    }

    @Test
    void tracedCallsWhoseFirstPhaseReturnsZeroNowLeaveThroughSysret() {
        ExitComparison.Change change = change();

        assertThat(change.before().exit()).isEqualTo("iretq");
        assertThat(change.after().exit()).isEqualTo("sysretq");
        assertThat(change.before().calls()).containsExactly("syscall_trace_enter", "call through a pointer");
        assertThat(change.after().calls()).containsExactly("syscall_trace_enter_phase1", "call through a pointer");
    }

    @Test
    void theConditionIsInTheNamesOfTheSource() {
        // Once for numbers that there is a system call for, and once for others, whose flags are read after no call.
        assertThat(change().conditions())
                .hasSize(2)
                .allSatisfy(c -> assertThat(c)
                        .contains("syscall_trace_enter_phase1() result == 0")
                        .contains("thread_info.flags at entry has any of _TIF_SYSCALL_TRACE | _TIF_SYSCALL_EMU"
                                + " | _TIF_SYSCALL_AUDIT | _TIF_SECCOMP"))
                .anySatisfy(c -> assertThat(c)
                        .hasSize(4)
                        .contains("thread_info.flags after the indirect call has none of _TIF_SYSCALL_TRACE"
                                + " | _TIF_SIGPENDING | _TIF_NEED_RESCHED | _TIF_SYSCALL_AUDIT"));
    }

    @Test
    void twentyOneMovesAnAddAndASubAreAvoidedOnTheNewWay() {
        Map<String, Integer> change = change().executed().stream()
                .filter(c -> c.before() != c.after())
                .collect(Collectors.toMap(Review.Count::name, c -> c.after() - c.before()));

        assertThat(change)
                .containsOnly(
                        Map.entry("movq", -21),
                        Map.entry("addq", -1),
                        Map.entry("subq", -1),
                        Map.entry("iretq", -1),
                        Map.entry("sysretq", 1),
                        Map.entry("leaq", 1),
                        Map.entry("testq", 1),
                        Map.entry("jne", 1));
        assertThat(patch(2).claims()).extracting(Review.Claim::standing).containsExactly(Standing.HOLDS);
    }

    @Test
    void theMacrosHoldWhatTheMailSaysOfThem() {
        Map<String, String> contents = code(2).macros().stream()
                .filter(m -> m.object().endsWith("/entry_64.o"))
                .collect(Collectors.toMap(MacroCount::name, MacroCount::contentAfter));

        assertThat(contents)
                .containsEntry("SAVE_REST", "6 movq + 1 subq")
                .containsEntry("RESTORE_REST", "6 movq + 1 addq")
                .containsEntry("FIXUP_TOP_OF_STACK", "7 movq")
                .containsEntry("RESTORE_TOP_OF_STACK", "4 movq");
    }

    @Test
    void theThirtyTwoBitEntryHasNoSuchWay() {
        ExitComparison compat = code(2).exits().stream()
                .filter(e -> e.entry().equals("ia32_cstar_target"))
                .findFirst()
                .orElseThrow();

        assertThat(compat.notFollowed()).isEmpty();
        assertThat(compat.changes()).isEmpty();
        assertThat(compat.after())
                .filteredOn(w -> w.calls().contains("syscall_trace_enter"))
                .isNotEmpty()
                .allSatisfy(w -> assertThat(w.exit()).isEqualTo("iretq"));
        assertThat(compat.after()).anySatisfy(w -> assertThat(w.exit()).isEqualTo("sysretl"));
    }

    @Test
    void theReportSaysItInSentences() {
        assertThat(TextReport.render(review, false))
                .contains("  system_call() now leaves through sysretq, and before it left through iretq\n")
                .contains("executed there (alternatives as compiled): movq -21, addq -1, iretq -1, subq")
                .contains("""
                          ia32_cstar_target() has no such path: after syscall_trace_enter() it leaves
                          through iretq alone, as before
                        """);
    }

    private static PatchReview patch(int number) {
        return review.patches().get(number - 1);
    }

    private static CodeCounts code(int patch) {
        return patch(patch).units().getFirst().code();
    }

    private static ExitComparison.Change change() {
        List<ExitComparison.Change> changes =
                code(2).exits().stream().flatMap(e -> e.changes().stream()).toList();
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }
}
