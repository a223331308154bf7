// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.pipeline.UnitReviewer;
import org.patchoscope.bot.pipeline.build.KernelStateBuilder;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.pipeline.build.ReleaseStateBuilder;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.bot.review.Review;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.KernelConfig;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.WorkTime;

/** One architecture's configurations that a series is reviewed in: the base, those asked for, and those its code reads. */
final class ArchLanes {
    /** The base configuration where functions are not compared. */
    private static final String MEASURED = "base, measured only";

    /** How many of the options left out a report names. */
    private static final int NAMED = 8;

    private final Workspace workspace;
    private final Toolchain toolchain;
    private final KernelBuild build;
    private final Disassembler disassembler;
    private final int jobs;
    private final Stopwatch stopwatch;
    private final WorkTime time;
    private final Arch arch;
    private final ArchProfile profile;

    ArchLanes(
            Workspace workspace,
            Toolchain toolchain,
            KernelBuild build,
            Disassembler disassembler,
            Target target,
            int jobs,
            Stopwatch stopwatch,
            WorkTime time) {
        this.time = time;
        this.workspace = workspace;
        this.toolchain = toolchain;
        this.build = build;
        this.disassembler = disassembler;
        this.jobs = jobs;
        this.stopwatch = stopwatch;
        this.arch = Arch.of(target.arch());
        this.profile = new Profiles().shipped(target.profile());
    }

    /** Prepares the configurations, the base first; what is left out goes to {@code limits}. */
    List<ReviewPipeline.Lane> of(ReviewJob job, IntPredicate wanted, KernelLanes.Choice choice, List<String> limits) {
        SourceState first = job.states().getFirst();
        Prepared base = build.prepare(first, arch, Variant.base());
        List<ReviewPipeline.Lane> lanes = new ArrayList<>(List.of(lane(base, UnitReviewer.Manner.WHOLE)));
        for (Variant variant : choice.asked()) {
            if (!add(first, variant, UnitReviewer.Manner.WHOLE, lanes)) {
                limits.add(on("configuration " + variant.name() + ": Kconfig did not honour it"));
            }
        }
        if (choice.derived() > 0) {
            derive(job, lastWanted(job, wanted), base, choice, lanes, limits);
        } else {
            limits.add(on("configurations other than " + names(lanes)));
        }
        if (profile.paths().isEmpty()) {
            limits.add(on("instructions executed on named paths are not counted: the profile names no paths yet"));
        }
        return lanes;
    }

    /**
     * The base configuration of two releases; {@code limits} get what is not done.
     *
     * @param compare whether functions are compared, and not only measured
     */
    ReviewPipeline.Lane of(SourceState older, SourceState newer, boolean compare, List<String> limits) {
        limits.add(on("configurations other than each release's default"));
        if (profile.paths().isEmpty()) {
            limits.add(on("instructions executed on named paths are not counted: the profile names no paths yet"));
        }
        ReleaseStateBuilder.Release one = release(older);
        ReleaseStateBuilder.Release two = release(newer);
        List<KernelConfig> configs = List.of(one.config(), two.config());
        ReviewPipeline.Lane lane =
                lane(Variant.base(), configs, new ReleaseStateBuilder(one, two), UnitReviewer.Manner.WHOLE);
        // Results are kept by the configuration's name among others.
        return compare
                ? lane
                : new ReviewPipeline.Lane(
                        profile,
                        new Review.Configuration(MEASURED, lane.configuration().settings()),
                        lane.builder(),
                        lane.reviewer().in(UnitReviewer.Manner.MEASURED));
    }

    private ReleaseStateBuilder.Release release(SourceState state) {
        Prepared prepared = build.prepare(state, arch, Variant.base());
        KernelStateBuilder builder = state(prepared);
        return new ReleaseStateBuilder.Release(state, builder, f -> builder.options(state, f), prepared.config());
    }

    /** The sources of the profile's objects that either release has. */
    List<String> sources(SourceState older, SourceState newer) {
        return profile.objects().stream()
                .map(o -> o.substring(0, o.length() - 2))
                .flatMap(o -> Stream.of(o + ".c", o + ".S"))
                .filter(f -> older.exists(f) || newer.exists(f))
                .toList();
    }

    /** Earlier states would not show all of the change, later ones are not compiled for this review. */
    private static SourceState lastWanted(ReviewJob job, IntPredicate wanted) {
        int last = 0;
        for (int i = 0; i < job.parts().size(); i++) {
            last = wanted.test(job.parts().get(i).number()) ? i + 1 : last;
        }
        return job.states().get(last);
    }

    private void derive(
            ReviewJob job,
            SourceState last,
            Prepared base,
            KernelLanes.Choice choice,
            List<ReviewPipeline.Lane> lanes,
            List<String> limits) {
        workspace.say("looking for options that the changed code reads");
        List<Variant> left = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int taken = 0;
        for (Variant variant : state(base).variants(last, job.touched())) {
            if (choice.asked().stream().anyMatch(a -> a.settings().containsAll(variant.settings()))) {
                continue; // asked for by name, so it is there
            }
            if (taken == choice.derived()) {
                left.add(variant);
            } else if (add(job.states().getFirst(), variant, UnitReviewer.Manner.DERIVED, lanes)) {
                taken++;
            } else {
                refused.add(variant.name());
            }
        }
        if (!refused.isEmpty()) {
            limits.add(on("configurations that Kconfig does not allow here: " + String.join(", ", refused)));
        }
        if (!left.isEmpty()) {
            String some = String.join(
                    ", ", left.stream().limit(NAMED).map(Variant::name).toList());
            limits.add(on(left.size() + " more options that the changed code reads were not varied (--variants N): "
                    + some + (left.size() > NAMED ? ", ..." : "")));
        }
    }

    private String on(String limit) {
        return arch.kbuildName() + ": " + limit;
    }

    /** Whether Kconfig accepted the setting. */
    private boolean add(
            SourceState first, Variant variant, UnitReviewer.Manner manner, List<ReviewPipeline.Lane> lanes) {
        Prepared prepared = build.prepare(first, arch, variant);
        boolean honoured = prepared.notHonoured().stream().noneMatch(variant.settings()::contains);
        if (honoured) {
            lanes.add(lane(prepared, manner));
        }
        return honoured;
    }

    private static String names(List<ReviewPipeline.Lane> lanes) {
        return String.join(
                ", ", lanes.stream().map(l -> l.configuration().name()).toList());
    }

    /** What sets the variant apart; what the whole architecture has is told with its reason, for the base alone. */
    private List<String> settings(Variant variant, List<KernelConfig> configs) {
        if (!variant.settings().isEmpty()) {
            return variant.settings();
        }
        // A tree may not have the option: CONFIG_RETPOLINE was another one before Linux 6.9.
        return KernelBuild.peculiarities(arch).stream()
                .filter(p -> configs.stream()
                        .allMatch(c -> c.values()
                                .containsKey(
                                        p.setting().substring(0, p.setting().indexOf('=')))))
                .map(p -> p.setting() + " on " + arch.kbuildName() + " (" + p.reason() + ")")
                .toList();
    }

    private KernelStateBuilder state(Prepared prepared) {
        return new KernelStateBuilder(build, prepared, profile, arch, jobs);
    }

    private ReviewPipeline.Lane lane(Prepared prepared, UnitReviewer.Manner manner) {
        return lane(prepared.variant(), List.of(prepared.config()), state(prepared), manner);
    }

    private ReviewPipeline.Lane lane(
            Variant variant, List<KernelConfig> configs, StateBuilder builder, UnitReviewer.Manner manner) {
        return new ReviewPipeline.Lane(
                profile,
                new Review.Configuration(variant.name(), settings(variant, configs)),
                builder,
                new UnitReviewer(
                                profile,
                                disassembler,
                                CycleModel.of(Target.of(profile.arch()), toolchain.tool("llvm-mca")),
                                new LoadedObjects(new DebugInfoReader(toolchain.tool("llvm-dwarfdump"))),
                                Limits.REVIEW.within(time),
                                f -> workspace.say("  " + f + "()"),
                                stopwatch)
                        .in(manner));
    }
}
