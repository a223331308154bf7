// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.BuildOptions;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.cli.options.TextOrJson;
import org.patchoscope.bot.cli.options.VariantConverter;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.ProgramDigest;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.DiskResults;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.pipeline.VersionReviewer;
import org.patchoscope.bot.review.VersionComparison;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope compare}: two series, or two versions of one, on the same base. */
@Command(
        name = "compare",
        description = "Set two series, or two versions of one, against each other: their ends, and their findings.")
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Mixin
    private TextOrJson output = new TextOrJson();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "1..2",
            paramLabel = "SERIES",
            description = "The older and the newer, as for review; one file is enough with --versions.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--tree", required = true, paramLabel = "TREE", description = "As for review.")
    private String tree = "";

    @Option(
            names = "--base",
            paramLabel = "REV",
            description = "Commit to apply both to (default: the base of the older).")
    private @Nullable String base;

    @Option(
            names = "--versions",
            paramLabel = "N,M",
            description = "Which versions of the older and of the newer (default: the newest of each file).")
    private String versions = "";

    @Option(names = "--squash", description = "Review each series as one patch only, which is faster.")
    private boolean squash;

    @Option(names = "--arch", paramLabel = "ARCH", description = "As for review (default: arm64).")
    private String arch = KernelLanes.DEFAULT_ARCHS;

    @Option(
            names = "--config-variant",
            paramLabel = "CONFIG_X=y[,...]",
            converter = VariantConverter.class,
            description = "Also with this setting, or with several.")
    private List<Variant> asked = new ArrayList<>();

    @Mixin
    private BuildOptions build = new BuildOptions();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException {
        List<Target> archs = KernelLanes.archs(arch);
        int[] which = versions();
        Workspace w = common.workspace();
        Stopwatch nobody = Stopwatch.none();
        JobSource source = new JobSource(w, mail.location(), nobody);
        ReviewJob older = source.job(inputs.getFirst(), tree, base, which[0]);
        ReviewJob newer =
                source.job(inputs.getLast(), tree, older.states().getFirst().baseId(), which[1]);
        Toolchain toolchain = w.toolchain();
        try (KernelLanes kernel =
                new KernelLanes(w, toolchain, build.builds().in(w, toolchain), archs, build.jobs(), nobody)) {
            List<String> limits = new ArrayList<>();
            KernelLanes.Choice choice = new KernelLanes.Choice(asked, 0);
            List<ReviewPipeline.Lane> lanes =
                    kernel.of(VersionReviewer.difference(older, newer), n -> true, choice, limits);
            var store = new DiskResults(w.cache().resolve("results"), ProgramDigest.compute());
            var pipeline = new ReviewPipeline(ProgramVersion.with(toolchain), w::say, nobody, store);
            VersionComparison comparison =
                    new VersionReviewer(pipeline).review(reviewed(older), reviewed(newer), lanes, limits);
            output.write(comparison);
            return exitCode(comparison);
        }
    }

    private ReviewJob reviewed(ReviewJob job) {
        return squash ? VersionReviewer.squashed(job) : job;
    }

    private int[] versions() throws ReviewException {
        if (inputs.size() == 1 && versions.isEmpty()) {
            throw new ReviewException(
                    "there is nothing to compare with",
                    inputs.getFirst(),
                    "name a second series, or" + " two versions in this file: --versions 1,2");
        }
        if (versions.isEmpty()) {
            return new int[] {0, 0};
        }
        if (!versions.matches("\\d{1,4},\\d{1,4}")) {
            throw new ReviewException("not two versions: " + versions, "--versions", "write 1,2");
        }
        return Stream.of(versions.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** Findings are what is new; what both have is no difference. */
    private static int exitCode(VersionComparison c) {
        boolean news = c.carried().stream().anyMatch(f -> f.fate() == VersionComparison.Fate.NEW);
        return news ? ReportOptions.FINDINGS : ReportOptions.exitCode(c.difference());
    }
}
