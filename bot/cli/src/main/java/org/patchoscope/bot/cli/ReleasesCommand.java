// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.BuildOptions;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.ProgramDigest;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.DiskResults;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.review.Review;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope releases}: the entry and exit code of two kernels, each a tree of its own. */
@Command(
        name = "releases",
        description = "Set the entry and exit code of two releases against each other: counts of named paths, the order"
                + " of events, and a verdict per function.")
final class ReleasesCommand implements Callable<Integer> {
    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Parameters(index = "0", paramLabel = "OLDER", description = "Name of a registered tree, or a path.")
    private String older = "";

    @Parameters(index = "1", paramLabel = "NEWER", description = "The same; it may be the same tree.")
    private String newer = "";

    @Option(names = "--older-rev", paramLabel = "REV", description = "Commit of OLDER (default: its newest).")
    private @Nullable String olderRevision;

    @Option(names = "--newer-rev", paramLabel = "REV", description = "Commit of NEWER (default: its newest).")
    private @Nullable String newerRevision;

    @Option(names = "--arch", paramLabel = "ARCH", description = "As for review (default: arm64).")
    private String arch = KernelLanes.DEFAULT_ARCHS;

    @Option(
            names = "--measure-only",
            description = "Count paths, order events and measure code, but do not compare what functions do: that can"
                    + " take an hour where much has changed.")
    private boolean measureOnly;

    @Mixin
    private BuildOptions build = new BuildOptions();

    @Override
    public Integer call() throws IOException, ReviewException {
        var archs = KernelLanes.archs(arch);
        Workspace w = common.workspace();
        Stopwatch nobody = Stopwatch.none();
        JobSource source = new JobSource(w, mail.location(), nobody);
        JobSource.Tree one = source.tree(older, olderRevision);
        JobSource.Tree two = source.tree(newer, newerRevision);
        if (one.state().baseId().equals(two.state().baseId())) {
            throw new ReviewException(
                    "both are the same tree", one.name(), "name another tree, or --older-rev and --newer-rev");
        }
        Toolchain toolchain = w.toolchain();
        try (KernelLanes kernel =
                new KernelLanes(w, toolchain, build.builds().in(w, toolchain), archs, build.jobs(), nobody)) {
            ReviewJob job = job(one, two, kernel.sources(one.state(), two.state()));
            List<String> limits = new ArrayList<>();
            List<ReviewPipeline.Lane> lanes = kernel.ofReleases(job, !measureOnly, limits);
            var store = new DiskResults(w.cache().resolve("results"), ProgramDigest.compute());
            Review review = new ReviewPipeline(ProgramVersion.with(toolchain), w::say, nobody, store)
                    .review(job, lanes, n -> true, limits);
            report.write(review, System.out);
            return ReportOptions.exitCode(review);
        }
    }

    /** The step from the one to the other, as a series of one patch. */
    private static ReviewJob job(JobSource.Tree one, JobSource.Tree two, SortedSet<String> sources) {
        ReviewJob.Part step = new ReviewJob.Part(1, two.name(), "", "", List.copyOf(sources), List.of(), List.of());
        return new ReviewJob(
                two.name() + " against " + one.name(),
                1,
                "",
                one.name(),
                List.of(one.state(), two.state()),
                List.of(step),
                sources,
                List.of(),
                List.of(),
                Review.Subject.RELEASES);
    }
}
