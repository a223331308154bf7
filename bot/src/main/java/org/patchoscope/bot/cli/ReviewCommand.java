// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.pipeline.JobMaker;
import org.patchoscope.bot.pipeline.KernelStateBuilder;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.UnitReviewer;
import org.patchoscope.bot.review.Review;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.Assembly;
import org.patchoscope.mail.MailInputException;
import org.patchoscope.mail.MailSource;
import org.patchoscope.mail.Series;
import org.patchoscope.mail.SeriesAssembler;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.Variant;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.sandbox.UnsandboxedRunner;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope review}: a series from mail or a git range, to a report. */
@Command(
        name = "review",
        description = "Review a patch series: an mbox, a directory of patches, - for standard input, or A..B.")
final class ReviewCommand implements Callable<Integer> {
    @Mixin
    private ReportOptions report = new ReportOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SERIES", description = "Mbox file, directory, - or a git range such as v7.2..HEAD.")
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

    @Option(names = "--version-of-series", paramLabel = "N", description = "Which version (default: the newest).")
    private int version;

    @Option(names = "--arch", paramLabel = "ARCH", description = "arm64 (the default; x86_64 is not simulated yet).")
    private String arch = "arm64";

    @Option(
            names = "--config-variant",
            paramLabel = "CONFIG_X=y|n",
            description = "Review also with this setting; may be repeated. DEBUG_RSEQ is varied by default.")
    private List<String> variants = new ArrayList<>(List.of("CONFIG_DEBUG_RSEQ=y"));

    @Option(names = "--no-variants", description = "Review the base configuration alone.")
    private boolean noVariants;

    @Option(
            names = "--trust-input",
            description = "Compile outside of the sandbox: for your own tree and patches only.")
    private boolean trust;

    @Option(names = "--jobs", paramLabel = "N", description = "Compiler processes (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException {
        if (!arch.equals("arm64")) {
            throw new ReviewException("architecture " + arch + " is not simulated yet", arch, "use --arch arm64");
        }
        Workspace w = common.workspace();
        TreeStore store = new TreeStore(w.trees(), w::say);
        TreeRef ref = tree(store);
        w.say("reading and applying the series");
        ReviewJob job = input.contains("..") && !Files.exists(Path.of(input))
                ? new JobMaker(store).ofRange(ref, input)
                : new JobMaker(store).ofSeries(series(), ref, base);
        Toolchain toolchain = w.toolchain();
        KernelBuild build = new KernelBuild(toolchain, sandbox(w), w.cache().resolve("kernel"), jobs, w::say);
        try (Disassembler disassembler = new Disassembler(toolchain.libLLVM(), "aarch64-linux-gnu", "+all")) {
            List<String> limits = new ArrayList<>();
            List<ReviewPipeline.Lane> lanes = lanes(w, job, toolchain, build, disassembler, limits);
            Review review =
                    new ReviewPipeline(CommonOptions.tool(toolchain), w::say).review(job, lanes, wanted(), limits);
            report.write(review, System.out);
            return ReportOptions.exitCode(review);
        }
    }

    private TreeRef tree(TreeStore store) throws IOException, ReviewException {
        var known = store.find(tree);
        if (known.isPresent()) {
            return known.get();
        }
        Path path = Path.of(tree);
        if (!Files.isDirectory(path)) {
            throw new ReviewException("no tree is called " + tree, tree, "patchoscope tree add " + tree + " PATH");
        }
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        return store.add(name, path);
    }

    private Series series() throws MailInputException, ReviewException {
        Assembly assembly = SeriesAssembler.assemble(
                input.equals("-") ? MailSource.read(System.in, "standard input") : MailSource.read(Path.of(input)));
        if (version == 0) {
            return assembly.newest(input);
        }
        return assembly.series().stream()
                .filter(s -> s.version() == version)
                .findFirst()
                .orElseThrow(
                        () -> new ReviewException("there is no version " + version, input, "leave the option out"));
    }

    private Sandbox sandbox(Workspace w) throws ReviewException {
        if (trust) {
            w.say("compiling without a sandbox: the input is trusted");
            return new UnsandboxedRunner();
        }
        return switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works s -> s.sandbox();
            case SandboxProbe.Result.Broken b ->
                throw new ReviewException(
                        "no sandbox works here, and mailed patches are not compiled without one: " + b.why(),
                        "bubblewrap",
                        b.remedy() + "; or --trust-input for your own tree and patches");
        };
    }

    private List<ReviewPipeline.Lane> lanes(
            Workspace w,
            ReviewJob job,
            Toolchain toolchain,
            KernelBuild build,
            Disassembler disassembler,
            List<String> limits) {
        ArchProfile profile = new Profiles().shipped(arch);
        List<Variant> all = new ArrayList<>(List.of(Variant.base()));
        if (!noVariants) {
            variants.forEach(v -> all.add(new Variant(v.substring("CONFIG_".length()), List.of(v))));
        }
        List<ReviewPipeline.Lane> lanes = new ArrayList<>();
        for (Variant v : all) {
            Prepared prepared = build.prepare(job.states().getFirst(), Arch.ARM64, v);
            if (!v.settings().isEmpty() && prepared.notHonoured().stream().anyMatch(v.settings()::contains)) {
                limits.add("configuration " + v.name() + ": Kconfig did not honour it");
                continue;
            }
            lanes.add(new ReviewPipeline.Lane(
                    profile,
                    new Review.Configuration(v.name(), v.settings()),
                    new KernelStateBuilder(build, prepared, profile, Arch.ARM64, jobs),
                    new UnitReviewer(
                            profile,
                            disassembler,
                            new DebugInfoReader(toolchain.tool("llvm-dwarfdump")),
                            Limits.REVIEW,
                            f -> w.say("  " + f + "()"))));
        }
        limits.add("x86-64: the simulator does not lift x86-64 code yet");
        limits.add("objects outside of the profile and of the files the series touches");
        return lanes;
    }

    private IntPredicate wanted() throws ReviewException {
        if (only.isBlank()) {
            return n -> true;
        }
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : only.split(",", -1)) {
            if (!part.matches("\\d{1,4}(-\\d{1,4})?")) {
                throw new ReviewException("not a list of patches: " + only, "--only", "write 7-11 or 3,5");
            }
            String[] ends = part.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers::contains;
    }
}
