// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.patchoscope.bot.claims.ClaimFinder;
import org.patchoscope.bot.claims.ClaimJudge;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;

/** Reviews a job: every patch and the whole, in every configuration of every architecture. */
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
        List<Unit> whole = new ArrayList<>();
        Map<String, KnownResults> known = new HashMap<>();
        for (Lane lane : lanes) {
            // The first configuration of an architecture is its base.
            KnownResults results = known.computeIfAbsent(lane.profile().arch(), arch -> new KnownResults());
            Map<Integer, Built> built = new HashMap<>();
            for (int i = 0; i < job.parts().size(); i++) {
                ReviewJob.Part part = job.parts().get(i);
                int from = i;
                if (wanted.test(part.number())) {
                    Built before = state(job, lane, i, built);
                    Built after = state(job, lane, i + 1, built);
                    Unit unit = results.of(
                            part.number(),
                            lane,
                            before,
                            after,
                            () -> unit(lane, part, side(job, lane, from, before), side(job, lane, from + 1, after)));
                    units.computeIfAbsent(part.number(), k -> new ArrayList<>()).add(unit);
                }
            }
            if (job.parts().size() > 1 && job.parts().stream().allMatch(p -> wanted.test(p.number()))) {
                Built first = state(job, lane, 0, built);
                Built last = state(job, lane, job.parts().size(), built);
                int n = job.parts().size();
                whole.add(results.of(
                        0,
                        lane,
                        first,
                        last,
                        () -> whole(lane, side(job, lane, 0, first), side(job, lane, n, last), job.touched())));
            }
        }
        return assemble(job, lanes, units, whole, limits);
    }

    /** The objects of state {@code i}, 0 for the base; made once. */
    private Built state(ReviewJob job, Lane lane, int i, Map<Integer, Built> built) {
        return built.computeIfAbsent(i, k -> {
            say(
                    lane,
                    k == 0
                            ? "compiling the base"
                            : "compiling patch " + job.parts().get(k - 1).number());
            long start = System.nanoTime();
            Built made = lane.builder().build(job.states().get(k), job.touched());
            stopwatch.since(Stopwatch.Stage.COMPILE, start);
            return made;
        });
    }

    private static CodeCosts.Side side(ReviewJob job, Lane lane, int i, Built built) {
        return new CodeCosts.Side(job.states().get(i), lane.builder(), built);
    }

    private Unit unit(Lane lane, ReviewJob.Part part, CodeCosts.Side before, CodeCosts.Side after) {
        return compared(
                lane, "comparing patch " + part.number(), before, after, Set.copyOf(part.touched()), part.hunks());
    }

    private Unit whole(Lane lane, CodeCosts.Side first, CodeCosts.Side last, Set<String> touched) {
        return compared(lane, "comparing the whole series", first, last, touched, List.of());
    }

    private Unit compared(
            Lane lane,
            String what,
            CodeCosts.Side before,
            CodeCosts.Side after,
            Set<String> touched,
            List<List<String>> hunks) {
        String name = lane.configuration().name();
        var question = new ResultStore.Question(lane.profile(), name, before.built(), after.built(), touched, hunks);
        return store.of(question, () -> {
            say(lane, what);
            CloserLook.Builder closer = objects -> {
                say(lane, "a closer look at " + String.join(", ", new TreeSet<>(objects)));
                return new CloserLook.Pair(
                        lane.builder().apart(before.state(), before.built(), objects),
                        lane.builder().apart(after.state(), after.built(), objects));
            };
            return lane.reviewer()
                    .review(name, before.built(), after.built(), new TreeSet<>(touched), hunks, closer)
                    .with(lane.reviewer().codeCosts(before, after));
        });
    }

    private void say(Lane lane, String what) {
        progress.accept(lane.profile().arch() + " " + lane.configuration().name() + ": " + what);
    }

    private Review assemble(
            ReviewJob job, List<Lane> lanes, Map<Integer, List<Unit>> units, List<Unit> whole, List<String> limits) {
        List<PatchReview> patches = job.parts().stream()
                .filter(p -> units.containsKey(p.number()))
                .map(p -> patch(p, units.getOrDefault(p.number(), List.of())))
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
        List<Unit> everything = new ArrayList<>(whole);
        units.values().forEach(everything::addAll);
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
                premises(lanes, everything),
                limits);
    }

    /** One configuration of several architectures, with what is peculiar to any of them. */
    private static Review.Configuration together(Review.Configuration a, Review.Configuration b) {
        Set<String> settings = new LinkedHashSet<>(a.settings());
        settings.addAll(b.settings());
        return new Review.Configuration(a.name(), List.copyOf(settings));
    }

    private static PatchReview patch(ReviewJob.Part p, List<Unit> units) {
        List<Review.Claim> claims = ClaimFinder.find(p.changelog()).stream()
                .map(c -> ClaimJudge.judge(c, units))
                .toList();
        return new PatchReview(p.number(), p.title(), p.messageId(), p.touched(), p.applied(), claims, units);
    }

    /** The declared facts that some result leaned on, and those tried on findings. */
    private static List<Premise> premises(List<Lane> lanes, List<Unit> units) {
        Set<String> used = new LinkedHashSet<>();
        Set<String> tried = new LinkedHashSet<>();
        units.forEach(u -> u.roots().forEach(r -> {
            used.addAll(r.leansOn());
            r.findings().forEach(f -> tried.addAll(f.vanishesUnder()));
        }));
        Map<String, Premise> all = new LinkedHashMap<>();
        for (Lane lane : lanes) {
            ArchProfile p = lane.profile();
            p.assumptions().stream()
                    .filter(a -> tried.contains(a.name()))
                    .forEach(a -> all.put(a.name(), new Premise(a.name(), a.text(), a.reason(), a.source())));
            for (ArchProfile.FrameRule f : p.frames()) {
                f.callees().stream()
                        .filter(c -> used.contains("frame:" + c))
                        .forEach(c -> all.put(
                                "frame:" + c,
                                new Premise(
                                        "frame:" + c,
                                        c + "() does not change " + String.join(", ", f.preserves()),
                                        f.reason(),
                                        f.source())));
            }
            for (ArchProfile.SilentRule s : p.silent()) {
                s.callees().stream()
                        .filter(c -> used.contains("silent:" + c))
                        .forEach(c -> all.put(
                                "silent:" + c,
                                new Premise(
                                        "silent:" + c,
                                        c + "() is no event and changes nothing of the task's own",
                                        s.reason(),
                                        s.source())));
            }
            p.fixedKeys().stream()
                    .filter(k -> used.contains("key:" + k.key()))
                    .forEach(k -> all.put(
                            "key:" + k.key(),
                            new Premise(
                                    "key:" + k.key(),
                                    "the static key " + k.key() + " is " + (k.enabled() ? "enabled" : "disabled"),
                                    k.reason(),
                                    k.source())));
            p.movedBits().stream()
                    .filter(m -> used.contains("moved:" + m.to()))
                    .forEach(m -> all.put(
                            "moved:" + m.to(), new Premise("moved:" + m.to(), m.text(), m.reason(), m.source())));
            p.stableBits()
                    .forEach(b -> all.put(
                            "stable:" + b.cell(),
                            new Premise(
                                    "stable:" + b.cell(),
                                    String.join(", ", b.macros()) + " of " + b.cell() + " stay as they are",
                                    b.reason(),
                                    "")));
        }
        return List.copyOf(all.values());
    }
}
