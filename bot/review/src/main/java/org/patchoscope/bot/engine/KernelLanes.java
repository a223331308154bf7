// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.WorkTime;

/** The architectures and configurations that a series is reviewed in, one architecture after the other. */
public final class KernelLanes implements AutoCloseable {
    public static final String DEFAULT_ARCHS = "arm64";

    /**
     * Which configurations.
     *
     * @param asked configurations that the user asks for
     * @param derived how many to derive from the changed code at most
     */
    public record Choice(List<Variant> asked, int derived) {
        public static final int DEFAULT = 4;

        public Choice {
            asked = List.copyOf(asked);
        }
    }

    private final Map<Target, Disassembler> targets = new LinkedHashMap<>();
    private final List<ArchLanes> lanes = new ArrayList<>();

    public KernelLanes(
            Workspace workspace,
            Toolchain toolchain,
            KernelBuild build,
            List<Target> archs,
            int jobs,
            Stopwatch stopwatch) {
        this(workspace, toolchain, build, archs, jobs, stopwatch, WorkTime.UNBOUNDED);
    }

    /** The same for a review that has only so much time. */
    public KernelLanes(
            Workspace workspace,
            Toolchain toolchain,
            KernelBuild build,
            List<Target> archs,
            int jobs,
            Stopwatch stopwatch,
            WorkTime time) {
        for (Target target : archs) {
            Disassembler disassembler = target.disassembler(toolchain.libLLVM());
            targets.put(target, disassembler);
            lanes.add(new ArchLanes(workspace, toolchain, build, disassembler, target, jobs, stopwatch, time));
        }
    }

    /** The architectures of a list such as {@code arm64,x86_64}. */
    public static List<Target> archs(String list) throws ReviewException {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(list.split(",", -1)));
        List<Target> archs = new ArrayList<>();
        for (String name : names) {
            try {
                archs.add(Target.of(name.strip()));
            } catch (IllegalArgumentException e) {
                throw new ReviewException(String.valueOf(e.getMessage()), list, "use arm64, x86_64 or arm64,x86_64");
            }
        }
        return archs;
    }

    /** Prepares the configurations; what is left out goes to {@code limits}. */
    public List<ReviewPipeline.Lane> of(ReviewJob job, IntPredicate wanted, Choice choice, List<String> limits) {
        List<ReviewPipeline.Lane> all = new ArrayList<>();
        lanes.forEach(l -> all.addAll(l.of(job, wanted, choice, limits)));
        always(limits);
        return all;
    }

    /** The same for two releases; the files of {@code job} are the sources of the profiles' objects. */
    public List<ReviewPipeline.Lane> ofReleases(ReviewJob job, boolean compare, List<String> limits) {
        List<ReviewPipeline.Lane> all = new ArrayList<>();
        lanes.forEach(l -> all.add(l.of(job.states().getFirst(), job.states().getLast(), compare, limits)));
        limits.add(
                "what numbers stand for: a bit that means another thing in the newer release, or has another place in a"
                        + " word, is compared as the bit that it is");
        always(limits);
        return all;
    }

    /** The sources of the profiles' objects that either release has. */
    public SortedSet<String> sources(SourceState older, SourceState newer) {
        SortedSet<String> sources = new TreeSet<>();
        lanes.forEach(l -> sources.addAll(l.sources(older, newer)));
        return sources;
    }

    private void always(List<String> limits) {
        limits.add("architectures other than "
                + String.join(", ", targets.keySet().stream().map(Target::arch).toList()));
        limits.add("objects outside of the profile and of the files the series touches");
        limits.add(
                "calls that leave code that must not be instrumented, of what it called before too, or of what is in none of"
                        + " the objects, where these do not say where that is allowed (without CONFIG_NOINSTR_VALIDATION,"
                        + " and on arm64)");
        limits.add("pointers to the same object: what is behind different pointers is taken to be apart");
    }

    @Override
    public void close() {
        targets.values().forEach(Disassembler::close);
    }
}
