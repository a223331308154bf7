// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.BuildOptions;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.cli.options.PatchNumbers;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.cli.options.TextOrJson;
import org.patchoscope.bot.cli.options.VariantConverter;
import org.patchoscope.bot.engine.KernelLanes;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.pipeline.TracingReviewer;
import org.patchoscope.bot.pipeline.build.KernelStateBuilder;
import org.patchoscope.bot.pipeline.build.SyscallSources;
import org.patchoscope.bot.review.TracingReport;
import org.patchoscope.config.Profiles;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope tracing}: which functions can be traced, and what a series does to that. */
@Command(
        name = "tracing",
        description = "Say which functions the tracer can be attached to, and which become or stop being so.")
final class TracingCommand implements Callable<Integer> {
    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Mixin
    private TextOrJson output = new TextOrJson();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SERIES",
            description = "Series as for review; without one, --object lists functions of the tree.")
    private @Nullable String series;

    @Option(names = "--tree", required = true, paramLabel = "TREE", description = "Tree, as for review.")
    private String tree = "";

    @Option(names = "--base", paramLabel = "REV", description = "Commit to apply to, or to list (default: found).")
    private @Nullable String base;

    @Option(names = "--only", paramLabel = "N[-M]", description = "From before patch N to after patch M.")
    private String only = "";

    @Option(names = "--object", paramLabel = "OBJECT", description = "Look at this object too, such as kernel/fork.o.")
    private List<String> objects = new ArrayList<>();

    @Option(
            names = "--sweep",
            description = "Look at every object that defines a system call, as is done by itself where a series"
                    + " changes the macros that do.")
    private boolean sweep;

    @Option(names = "--arch", paramLabel = "ARCH", description = "As for review (default: arm64,x86_64).")
    private String arch = "arm64,x86_64";

    @Option(
            names = "--config-variant",
            paramLabel = "CONFIG_X=y[,...]",
            converter = VariantConverter.class,
            description = "Also with this setting, or with several.")
    private List<Variant> configurations = new ArrayList<>();

    @Mixin
    private BuildOptions build = new BuildOptions();

    @Override
    public Integer call() throws IOException, ReviewException, MailInputException {
        List<Target> targets = KernelLanes.archs(arch);
        Workspace w = common.workspace();
        SortedSet<String> asked = sources();
        if (series == null && asked.isEmpty() && !sweep) {
            throw new ReviewException("nothing to look at", "SERIES", "give a series, --object OBJECT or --sweep");
        }
        JobSource source = new JobSource(w, mail.location(), Stopwatch.none());
        Steps steps = series == null ? listed(source) : steps(source.job(series, tree, base, 0));
        asked.addAll(steps.touched());
        boolean all = sweep || SyscallSources.wrapped(steps.before(), steps.after(), steps.touched());
        Toolchain toolchain = w.toolchain();
        KernelBuild kernel = build.builds().in(w, toolchain);
        List<TracingReport.Lane> lanes = new ArrayList<>();
        for (Target target : targets) {
            SortedSet<String> of = new TreeSet<>(asked);
            if (all) {
                w.say("looking for sources that define system calls");
                of.addAll(
                        SyscallSources.of(steps.after(), Arch.of(target.arch()).sourceDir()));
            }
            try (Disassembler disassembler = target.disassembler(toolchain.libLLVM())) {
                for (Variant variant : variants()) {
                    lanes.add(lane(kernel, target, disassembler, variant, steps, of, w));
                }
            }
        }
        List<String> limits = new ArrayList<>(steps.limits());
        limits.addAll(notLookedAt(all));
        output.write(new TracingReport(steps.title(), steps.base(), ProgramVersion.with(toolchain), lanes, limits));
        return ReportOptions.EQUIVALENT;
    }

    private List<String> notLookedAt(boolean all) {
        if (series == null) {
            return List.of("other objects");
        }
        return List.of(
                all
                        ? "objects that define no system call, are not in the profile and not touched"
                        : "objects that are neither in the profile nor touched (--sweep adds those with system calls)",
                "calls that leave code that must not be instrumented, where the objects do not say where that is allowed"
                        + " (without CONFIG_NOINSTR_VALIDATION, and on arm64)");
    }

    /** From which state to which. */
    private record Steps(
            String title,
            String base,
            SourceState before,
            SourceState after,
            SortedSet<String> touched,
            List<String> limits) {}

    private Steps listed(JobSource source) throws IOException, ReviewException {
        JobSource.Tree at = source.tree(tree, base);
        return new Steps("Functions of the tree", at.name(), at.state(), at.state(), new TreeSet<>(), List.of());
    }

    private Steps steps(ReviewJob job) throws ReviewException {
        IntPredicate wanted = PatchNumbers.parse(only);
        int first = -1;
        int last = -1;
        SortedSet<String> touched = new TreeSet<>();
        for (int i = 0; i < job.parts().size(); i++) {
            if (wanted.test(job.parts().get(i).number())) {
                first = first < 0 ? i : first;
                last = i + 1;
                touched.addAll(job.parts().get(i).touched());
            }
        }
        if (first < 0) {
            throw new ReviewException("the series has no such patch", "--only " + only, "leave the option out");
        }
        return new Steps(
                job.title(), job.base(), job.states().get(first), job.states().get(last), touched, job.limits());
    }

    private SortedSet<String> sources() throws ReviewException {
        SortedSet<String> sources = new TreeSet<>();
        for (String object : objects) {
            if (!object.endsWith(".o") || object.startsWith("/") || object.contains("..")) {
                throw new ReviewException("not an object of the tree: " + object, "--object", "write kernel/fork.o");
            }
            sources.add(object.substring(0, object.length() - 2) + ".c");
        }
        return sources;
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>(List.of(Variant.base()));
        variants.addAll(configurations);
        return variants;
    }

    private TracingReport.Lane lane(
            KernelBuild kernel,
            Target target,
            Disassembler disassembler,
            Variant variant,
            Steps steps,
            SortedSet<String> sources,
            Workspace w)
            throws ReviewException {
        Arch which = Arch.of(target.arch());
        Prepared prepared = kernel.prepare(steps.before().withoutChanges(), which, variant);
        if (!"y".equals(prepared.config().values().get("CONFIG_FUNCTION_TRACER"))) {
            throw new ReviewException(
                    "nothing can be traced in " + target.arch() + ", " + variant.name(),
                    "CONFIG_FUNCTION_TRACER",
                    "take a configuration that has it");
        }
        var builder =
                new KernelStateBuilder(kernel, prepared, new Profiles().shipped(target.profile()), which, build.jobs());
        TracingReviewer reviewer = new TracingReviewer(target, disassembler, variant.name(), builder, w::say);
        return series == null
                ? reviewer.list(steps.after(), sources)
                : reviewer.compare(steps.before(), steps.after(), sources);
    }
}
