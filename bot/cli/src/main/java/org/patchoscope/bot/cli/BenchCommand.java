// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.mail.MailBenchCommand;
import org.patchoscope.bot.cli.options.BuildOptions;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.PatchNumbers;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.Miniature;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.ScratchDirectory;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ResultStore;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patchoscope bench}: how long a review takes, stage by stage, compared with compiling alone. */
@Command(
        name = "bench",
        subcommands = {
            MailBenchCommand.class,
            BenchScaleCommand.class,
            BenchSearchCommand.class,
            BenchWordsCommand.class
        },
        description = "Measure a review, with nothing compiled before and repeated: the demo's series, or --mbox.")
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Option(names = "--mbox", paramLabel = "SERIES", description = "Series to review (default: the demo's).")
    private @Nullable String mbox;

    @Option(names = "--tree", paramLabel = "TREE", description = "Tree for it, as for review.")
    private @Nullable String tree;

    @Option(names = "--only", paramLabel = "N[-M]", description = "Only these patches.")
    private String only = "";

    @Option(names = "--arch", paramLabel = "ARCH", description = "As for review (default: arm64).")
    private String arch = KernelLanes.DEFAULT_ARCHS;

    @Option(names = "--variants", paramLabel = "N", description = "As for review (default: 4).")
    private int variants = KernelLanes.Choice.DEFAULT;

    @Mixin
    private BuildOptions build = new BuildOptions();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException, URISyntaxException {
        if ((mbox == null) != (tree == null)) {
            throw new ReviewException("a series needs a tree", "--mbox, --tree", "give both, or none for the demo");
        }
        Workspace workspace = common.workspace();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        String table = mbox == null || tree == null ? demo(workspace) : kernel(workspace, mbox, tree);
        System.out.print(table);
        return 0;
    }

    private static String demo(Workspace workspace)
            throws IOException, ReviewException, MailInputException, URISyntaxException {
        workspace.toolchain();
        List<BenchTable.Run> runs = new ArrayList<>();
        try (Miniature miniature = Miniature.unpack()) {
            for (String run : List.of("first", "again")) {
                StageTimes stages = new StageTimes();
                long start = System.nanoTime();
                miniature.review(workspace, stages, run);
                runs.add(new BenchTable.Run(stages, since(start)));
            }
        }
        return BenchTable.render(
                "the demo's series on arm64, compiled anew in both runs",
                1,
                Duration.ZERO,
                Duration.ZERO,
                runs.getFirst(),
                runs.getLast(),
                peakHeap());
    }

    private String kernel(Workspace workspace, String series, String treeName)
            throws IOException, ReviewException, MailInputException {
        Toolchain toolchain = workspace.toolchain();
        IntPredicate wanted = PatchNumbers.parse(only);
        List<Target> archs = KernelLanes.archs(arch);
        try (ScratchDirectory cache = ScratchDirectory.create(workspace.cache(), "bench-")) {
            ReviewJob job = new JobSource(workspace, mail.location(), Stopwatch.none()).job(series, treeName, null, 0);
            Measured measured = new Measured(workspace, toolchain, archs, cache.path());
            workspace.say("compiling alone");
            long start = System.nanoTime();
            Duration prepare = measured.compile(job, wanted);
            Duration bare = since(start).minus(prepare);
            measured.forgetObjects();
            List<BenchTable.Run> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                workspace.say(i == 0 ? "reviewing" : "reviewing again");
                runs.add(measured.review(series, treeName, wanted));
            }
            return BenchTable.render(
                    job.title() + " on " + job.base() + ", " + String.join(", ", names(archs)),
                    build.jobs(),
                    prepare,
                    bare,
                    runs.getFirst(),
                    runs.getLast(),
                    peakHeap());
        }
    }

    /** What is measured, each time with a build of its own: it knows what is on the disk and no more. */
    private final class Measured {
        private final Workspace workspace;
        private final Toolchain toolchain;
        private final List<Target> archs;
        private final Path cache;

        Measured(Workspace workspace, Toolchain toolchain, List<Target> archs, Path cache) {
            this.workspace = workspace;
            this.toolchain = toolchain;
            this.archs = archs;
            this.cache = cache;
        }

        private KernelBuild kernel() throws ReviewException {
            return build.builds().in(workspace, toolchain, cache);
        }

        /** Compiles the states that a review needs; returns how long preparing took, which is part of this. */
        Duration compile(ReviewJob job, IntPredicate wanted) throws ReviewException {
            long start = System.nanoTime();
            try (KernelLanes kernel =
                    new KernelLanes(workspace, toolchain, kernel(), archs, build.jobs(), Stopwatch.none())) {
                List<ReviewPipeline.Lane> lanes = kernel.of(job, wanted, choice(), new ArrayList<>());
                Duration prepare = since(start);
                lanes.forEach(lane -> job.needed(wanted)
                        .forEach(i -> lane.builder().build(job.states().get(i), job.touched())));
                return prepare;
            }
        }

        /** Leaves the prepared base alone. */
        void forgetObjects() throws IOException {
            try (Stream<Path> parts = Files.list(cache)) {
                for (Path part : parts.filter(p -> !p.endsWith("prepared")).toList()) {
                    ScratchDirectory.delete(part);
                }
            }
        }

        BenchTable.Run review(String series, String treeName, IntPredicate wanted)
                throws IOException, ReviewException, MailInputException {
            StageTimes stages = new StageTimes();
            long start = System.nanoTime();
            ReviewJob job = new JobSource(workspace, mail.location(), stages).job(series, treeName, null, 0);
            List<String> limits = new ArrayList<>();
            long preparing = System.nanoTime();
            try (KernelLanes kernel = new KernelLanes(workspace, toolchain, kernel(), archs, build.jobs(), stages)) {
                List<ReviewPipeline.Lane> lanes = kernel.of(job, wanted, choice(), limits);
                Duration prepare = since(preparing);
                new ReviewPipeline(ProgramVersion.with(toolchain), workspace::say, stages, ResultStore.NOTHING)
                        .review(job, lanes, wanted, limits);
                return new BenchTable.Run(stages, since(start).minus(prepare));
            }
        }

        private KernelLanes.Choice choice() {
            return new KernelLanes.Choice(List.of(), variants);
        }
    }

    private static List<String> names(List<Target> archs) {
        return archs.stream().map(Target::arch).toList();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** The sum of the pools' peaks, in bytes: at least what was used at any one moment. */
    private static long peakHeap() {
        return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }
}
