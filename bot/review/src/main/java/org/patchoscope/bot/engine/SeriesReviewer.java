// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.pipeline.DiskResults;
import org.patchoscope.bot.pipeline.JobMaker;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.review.Review;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.series.Series;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.BoundedTime;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.WorkTime;

/** Reviews series with what this machine has: registered trees, the sandbox, kept results. The service's way in. */
public final class SeriesReviewer {
    private final Workspace workspace;

    /**
     * Makes a reviewer.
     *
     * @param cache trees, builds, tools and results; see {@link #defaultCache}
     * @param progress told a line at each step
     */
    public SeriesReviewer(Path cache, Consumer<String> progress) {
        this(new Workspace(cache.toAbsolutePath(), progress));
    }

    public SeriesReviewer(Workspace workspace) {
        this.workspace = workspace;
    }

    /** By what results and pages of this program are told from those of another version. */
    public static String version() throws IOException {
        return ProgramDigest.compute().substring(0, 16);
    }

    /** The cache that commands use where none is named. */
    public static Path defaultCache() {
        return Workspace.defaultCache();
    }

    /**
     * How a series is reviewed.
     *
     * @param archs for example {@code arm64,x86_64}
     * @param variants configurations derived from the changed code at most
     * @param configurations configurations asked for
     * @param jobs compiler processes
     * @param trust compile outside of the sandbox: never for mail
     */
    public record Manner(String archs, int variants, List<Variant> configurations, int jobs, boolean trust) {
        /** Makes a manner. */
        public Manner {
            configurations = List.copyOf(configurations);
        }
    }

    /**
     * Reviews a mailed series on a registered tree.
     *
     * @param base a revision, or null to look for one
     * @param time after which it ends, with what is compared by then; see {@link #time}
     * @throws ReviewException where it cannot be reviewed, with what a person can do
     */
    public Review review(Series series, String tree, @Nullable String base, Manner manner, WorkTime time)
            throws IOException, ReviewException {
        TreeStore store = new TreeStore(workspace.trees(), workspace::count);
        var ref = store.find(tree)
                .orElseThrow(() -> new ReviewException(
                        ReviewException.Kind.NO_TREE,
                        "no tree is called " + tree,
                        tree,
                        "patchoscope tree add " + tree + " PATH"));
        ReviewJob job = new JobMaker(store).ofSeries(series, ref, base);
        Concerned concerned = Concerned.by(
                job.touched(),
                KernelLanes.archs(manner.archs()).stream().map(Target::arch).toList());
        Manner chosen = new Manner(
                String.join(",", concerned.reviewed()),
                manner.variants(),
                manner.configurations(),
                manner.jobs(),
                manner.trust());
        return concerned.complete(review(job, chosen, n -> true, time));
    }

    /** The time of one review, which begins now. */
    public static BoundedTime time(Duration most) {
        return new BoundedTime(most, "the review's time (" + most.toMinutes() + " min) was up", System::nanoTime);
    }

    public Review review(ReviewJob job, Manner manner, IntPredicate wanted, WorkTime time)
            throws IOException, ReviewException {
        try {
            return inTime(job, manner, wanted, time);
        } catch (TimeIsUp e) {
            throw new ReviewException(
                    ReviewException.Kind.TIME_UP,
                    e.why() + " before anything could be compared",
                    job.title(),
                    "give it more time; what has been built by now need not be built again");
        }
    }

    private Review inTime(ReviewJob job, Manner manner, IntPredicate wanted, WorkTime time)
            throws IOException, ReviewException {
        List<Target> archs = KernelLanes.archs(manner.archs());
        Stopwatch nobody = Stopwatch.none();
        Toolchain toolchain = workspace.toolchain();
        KernelBuild build = new KernelBuilds(manner.trust(), manner.jobs()).in(workspace, toolchain, time);
        var choice = new KernelLanes.Choice(manner.configurations(), manner.variants());
        try (KernelLanes kernel = new KernelLanes(workspace, toolchain, build, archs, manner.jobs(), nobody, time)) {
            List<String> limits = new ArrayList<>(job.limits());
            List<ReviewPipeline.Lane> lanes = kernel.of(job, wanted, choice, limits);
            var store = new DiskResults(workspace.cache().resolve("results"), ProgramDigest.compute());
            return new ReviewPipeline(ProgramVersion.with(toolchain), workspace::say, nobody, store)
                    .review(job, lanes, wanted, limits);
        }
    }

    /** Reviews the series that comes along, on the miniature kernel that comes along. */
    public Review demo(WorkTime time) throws IOException, ReviewException, MailInputException, URISyntaxException {
        try (Miniature miniature = Miniature.unpack()) {
            return miniature.review(workspace, Stopwatch.none(), "work", time);
        }
    }

    /** The mails of the demo's series, as an mbox. */
    public static byte[] demoMails() throws IOException {
        String name = "/org/patchoscope/bot/demo/series.mbox";
        try (InputStream in = Objects.requireNonNull(SeriesReviewer.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
