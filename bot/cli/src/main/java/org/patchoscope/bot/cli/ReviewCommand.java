// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.BuildOptions;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.PatchNumbers;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.cli.options.VariantConverter;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.review.Review;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.work.WorkTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope review}: a series from mail or a git range, to a report. */
@Command(
        name = "review",
        description = "Review a patch series: an mbox, a directory, - for standard input, A..B, or a Message-ID.")
final class ReviewCommand implements Callable<Integer> {
    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Parameters(
            paramLabel = "SERIES",
            description =
                    "Mbox file, directory, -, a git range such as v7.2..HEAD, or the Message-ID (or link) of a mail in"
                            + " the store.")
    private String input = "";

    @Option(
            names = "--tree",
            required = true,
            paramLabel = "TREE",
            description = "Name of a registered tree, or a path (a repository or a source directory).")
    private String tree = "";

    @Option(names = "--base", paramLabel = "REV", description = "Commit to apply to (default: found by itself).")
    private @Nullable String base;

    @Option(names = "--only", paramLabel = "N[-M]", description = "Only these patches, for example 7-11 or 3,5.")
    private String only = "";

    @Option(
            names = "--skip",
            paramLabel = "N[,M]",
            description = "Leave these patches out, for example those that are not for this tree.")
    private String skip = "";

    @Option(names = "--version-of-series", paramLabel = "N", description = "Which version (default: the newest).")
    private int version;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "arm64 (the default), x86_64, or arm64,x86_64 for both, one after the other.")
    private String arch = KernelLanes.DEFAULT_ARCHS;

    @Option(
            names = "--config-variant",
            paramLabel = "CONFIG_X=y[,...]",
            converter = VariantConverter.class,
            description = "Review also with this setting, or with several that belong together; may be repeated.")
    private List<Variant> asked = new ArrayList<>();

    @Option(
            names = "--variants",
            paramLabel = "N",
            description = "Vary at most N of the options that the changed code reads, one by one (default: 4).")
    private int variants = KernelLanes.Choice.DEFAULT;

    @Option(names = "--no-variants", description = "Vary no option; the same as --variants 0.")
    private boolean noVariants;

    @Option(
            names = "--time-limit",
            paramLabel = "MINUTES",
            description = "End the review after that time: what is not compared by then is reported as not analysed"
                    + " (default: no limit).")
    private @Nullable Integer minutes;

    @Mixin
    private BuildOptions build = new BuildOptions();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException {
        // What is wrong with the options is said before a tree is read.
        KernelLanes.archs(arch);
        if (variants < 0) {
            throw new ReviewException("not a number of variants: " + variants, "--variants", "give 0 or more");
        }
        if (minutes != null && minutes < 1) {
            throw new ReviewException("not a time in minutes: " + minutes, "--time-limit", "give 1 or more");
        }
        WorkTime time = minutes == null ? WorkTime.UNBOUNDED : SeriesReviewer.time(Duration.ofMinutes(minutes));
        IntPredicate skipped = skip.isBlank() ? n -> false : PatchNumbers.parse(skip);
        IntPredicate wanted = PatchNumbers.parse(only).and(skipped.negate());
        Workspace w = common.workspace();
        ReviewJob job =
                new JobSource(w, mail.location(), Stopwatch.none()).job(input, tree, base, version, wanted, skipped);
        var manner = new SeriesReviewer.Manner(arch, noVariants ? 0 : variants, asked, build.jobs(), build.trust());
        Review review = new SeriesReviewer(w).review(job, manner, wanted, time);
        report.write(review, System.out);
        return ReportOptions.exitCode(review);
    }
}
