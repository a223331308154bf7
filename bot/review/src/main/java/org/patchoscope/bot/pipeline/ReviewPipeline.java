// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.patchoscope.bot.claims.ClaimFinder;
import org.patchoscope.bot.claims.ClaimJudge;
import org.patchoscope.bot.pipeline.build.StateBuilder;
import org.patchoscope.bot.pipeline.wording.Premises;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;

/**
 * Reviews a job: every patch and the whole, in every configuration of every architecture. States are compiled ahead of
 * the comparisons, and these go on beside each other; what comes out does not depend on which is done first.
 */
public final class ReviewPipeline {
    /** One architecture and configuration: how its states are built and compared. */
    public record Lane(
            ArchProfile profile, Review.Configuration configuration, StateBuilder builder, UnitReviewer reviewer) {}

    private final String tool;
    private final Consumer<String> progress;
    private final Stopwatch stopwatch;
    private final ResultStore store;

    public ReviewPipeline(String tool, Consumer<String> progress, Stopwatch stopwatch, ResultStore store) {
        this.store = store;
        this.tool = tool;
        this.progress = progress;
        this.stopwatch = stopwatch;
    }

    /** The review of the patches whose number {@code wanted} accepts. */
    public Review review(ReviewJob job, List<Lane> lanes, IntPredicate wanted, List<String> limits) {
        Map<Integer, List<Unit>> units = new LinkedHashMap<>();
        List<ArchitectureView> views;
        try (Workers workers = new Workers()) {
            LaneReview.Tools tools = new LaneReview.Tools(workers, stopwatch, store, progress);
            Map<String, LaneReview> bases = new LinkedHashMap<>();
            List<LaneReview> running = new ArrayList<>();
            for (Lane lane : lanes) {
                // The first configuration of an architecture is its base.
                String arch = lane.profile().arch();
                LaneReview review = new LaneReview(job, lane, wanted, tools, Optional.ofNullable(bases.get(arch)));
                bases.putIfAbsent(arch, review);
                running.add(review);
            }
            String base =
                    lanes.isEmpty() ? "" : lanes.getFirst().configuration().name();
            ArchitectureViews beside = new ArchitectureViews(job, base, new Profiles().events(), bases);
            for (LaneReview review : running) {
                review.units()
                        .forEach((number, unit) -> units.computeIfAbsent(number, n -> new ArrayList<>())
                                .add(Workers.result(unit)));
            }
            views = beside.of(units.keySet());
        }
        List<Unit> whole = units.getOrDefault(LaneReview.WHOLE, List.of());
        return assemble(job, lanes, wanted, units, whole, withTime(limits, lanes, units), views);
    }

    /** The limits, the time among them if something was left out for want of it. */
    private static List<String> withTime(List<String> limits, List<Lane> lanes, Map<Integer, List<Unit>> units) {
        Optional<String> late = lanes.stream()
                .flatMap(l -> l.reviewer().time().up().stream())
                .findFirst()
                .filter(why -> units.values().stream()
                        .flatMap(List::stream)
                        .flatMap(u -> Stream.concat(u.reasons().stream(), u.notes().stream()))
                        .anyMatch(said -> said.contains(why)));
        return late.map(why -> Stream.concat(Stream.of("what is said to be left out because " + why), limits.stream())
                        .toList())
                .orElse(limits);
    }

    private Review assemble(
            ReviewJob job,
            List<Lane> lanes,
            IntPredicate wanted,
            Map<Integer, List<Unit>> units,
            List<Unit> whole,
            List<String> limits,
            List<ArchitectureView> views) {
        List<PatchReview> patches = job.parts().stream()
                .filter(p -> units.containsKey(p.number()))
                .map(p -> patch(p, units.getOrDefault(p.number(), List.of())))
                .toList();
        patches = Stream.concat(
                        patches.stream(),
                        job.left().stream().filter(l -> wanted.test(l.number())).map(l -> left(l, lanes)))
                .toList();
        List<PatchReview> all = whole.isEmpty()
                ? List.of()
                : List.of(new PatchReview(0, job.title(), "", List.copyOf(job.touched()), List.of(), List.of(), whole));
        Set<String> archs = new LinkedHashSet<>();
        Map<String, Review.Configuration> configurations = new LinkedHashMap<>();
        lanes.forEach(l -> {
            archs.add(l.profile().arch());
            configurations.merge(l.configuration().name(), l.configuration(), ReviewPipeline::together);
        });
        List<Unit> everything = units.values().stream().flatMap(List::stream).toList();
        return new Review(
                job.title(),
                job.version(),
                job.author(),
                job.base(),
                tool,
                List.copyOf(archs),
                List.copyOf(configurations.values()),
                patches,
                all,
                Premises.of(lanes.stream().map(Lane::profile).toList(), everything),
                limits,
                views,
                job.subject());
    }

    /** One configuration of several architectures, with what is peculiar to any of them. */
    private static Review.Configuration together(Review.Configuration a, Review.Configuration b) {
        Set<String> settings = new LinkedHashSet<>(a.settings());
        settings.addAll(b.settings());
        return new Review.Configuration(a.name(), List.copyOf(settings));
    }

    /** Of what nobody looked at nothing is said, its changelog included. */
    private static PatchReview left(ReviewJob.Left patch, List<Lane> lanes) {
        List<Unit> units = lanes.stream()
                .map(l -> Unit.unmeasured(
                        l.profile().arch(),
                        l.configuration().name(),
                        Review.Verdict.NOT_REVIEWED,
                        List.of(),
                        List.of(),
                        List.of(patch.why()),
                        List.of(),
                        List.of()))
                .toList();
        return new PatchReview(
                patch.number(), patch.title(), patch.messageId(), List.of(), List.of(), List.of(), units);
    }

    private static PatchReview patch(ReviewJob.Part p, List<Unit> units) {
        List<Review.Claim> claims = ClaimFinder.find(p.changelog()).stream()
                .map(c -> ClaimJudge.judge(c, units))
                .toList();
        return new PatchReview(p.number(), p.title(), p.messageId(), p.touched(), p.applied(), claims, units);
    }
}
