// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.measure.CodeCosts;
import org.patchoscope.bot.pipeline.measure.StateEvents;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.semantics.work.TimeIsUp;

/** The review of a series in one configuration, under way: its states are compiled in order, its patches compared. */
final class LaneReview {
    /** In place of a patch's number: the whole series. */
    static final int WHOLE = 0;

    /** What reviews are made with. */
    record Tools(Workers workers, Stopwatch stopwatch, ResultStore store, Consumer<String> progress) {}

    /** From one state to another. */
    private record Step(int number, String what, int from, int to, Set<String> touched, List<PatchHunk> hunks) {}

    private final ReviewJob job;
    private final ReviewPipeline.Lane lane;
    private final Tools tools;
    private final Optional<LaneReview> base;
    private final SortedMap<Integer, Future<Built>> states = new TreeMap<>();
    private final Map<Integer, Future<Unit>> units = new LinkedHashMap<>();
    private final AtomicInteger left = new AtomicInteger();

    /** Begins; {@code base} is the review in the base configuration of the same architecture, begun before. */
    LaneReview(ReviewJob job, ReviewPipeline.Lane lane, IntPredicate wanted, Tools tools, Optional<LaneReview> base) {
        this.job = job;
        this.lane = lane;
        this.tools = tools;
        this.base = base;
        List<Step> steps = steps(job, wanted);
        job.needed(wanted).forEach(i -> states.put(i, tools.workers().compile(() -> build(i))));
        left.set(steps.size());
        steps.forEach(s -> units.put(s.number(), tools.workers().compare(() -> unit(s))));
    }

    /** Results by number of patch, in order, {@link #WHOLE} last. */
    Map<Integer, Future<Unit>> units() {
        return units;
    }

    /** What the entry of {@code table} shows in the states that are compiled, by their index: looked for from now on. */
    Map<Integer, Future<Optional<StateEvents>>> events(EntryEvents table) {
        Map<Integer, Future<Optional<StateEvents>>> events = new TreeMap<>();
        for (int i : states.keySet()) {
            events.put(i, tools.workers().compare(() -> events(table, i)));
        }
        return events;
    }

    private Optional<StateEvents> events(EntryEvents table, int state) {
        try {
            return events(table, side(state).built());
        } catch (TimeIsUp e) {
            return lane.reviewer().noEvents(table, e.why());
        }
    }

    private Optional<StateEvents> events(EntryEvents table, Built built) {
        return tools.store()
                .events(lane.profile(), table, built, () -> lane.reviewer().events(table, built));
    }

    private static List<Step> steps(ReviewJob job, IntPredicate wanted) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < job.parts().size(); i++) {
            ReviewJob.Part p = job.parts().get(i);
            if (wanted.test(p.number())) {
                steps.add(new Step(
                        p.number(), "comparing patch " + p.number(), i, i + 1, Set.copyOf(p.touched()), p.hunks()));
            }
        }
        int all = job.parts().size();
        if (all > 1 && steps.size() == all) {
            steps.add(new Step(WHOLE, "comparing the whole series", 0, all, job.touched(), List.of()));
        }
        return steps;
    }

    private Built build(int i) {
        say(
                i == 0
                        ? "compiling the base"
                        : "compiling patch " + job.parts().get(i - 1).number());
        long start = System.nanoTime();
        Built made = lane.builder().build(job.states().get(i), job.touched());
        tools.stopwatch().since(Stopwatch.Stage.COMPILE, start);
        return made;
    }

    private CodeCosts.Side side(int i) {
        return new CodeCosts.Side(
                job.states().get(i), lane.builder(), Workers.result(Objects.requireNonNull(states.get(i))));
    }

    private Unit unit(Step step) {
        try {
            return unit(step, side(step.from()), side(step.to()));
        } catch (TimeIsUp e) {
            return lane.reviewer().notAnalysed(lane.configuration().name(), e.why());
        } finally {
            // Variations look at the base's objects; nobody looks at theirs.
            if (left.decrementAndGet() == 0 && base.isPresent()) {
                lane.reviewer().forget();
            }
        }
    }

    private Unit unit(Step step, CodeCosts.Side before, CodeCosts.Side after) {
        var question = new ResultStore.Question(
                lane.profile(),
                lane.configuration().name(),
                before.built(),
                after.built(),
                step.touched(),
                step.hunks(),
                lane.reviewer().manner(),
                base.map(b -> List.of(
                                b.side(step.from()).built(), b.side(step.to()).built()))
                        .orElse(List.of()));
        return tools.store()
                .of(
                        question,
                        () -> found(step, before, after),
                        () -> lane.reviewer().time().up().isEmpty());
    }

    private Unit found(Step step, CodeCosts.Side before, CodeCosts.Side after) {
        lane.reviewer().time().check();
        Unit unit = like(step, before.built(), after.built()).orElseGet(() -> compared(step, before, after));
        return lane.reviewer().withCodeCosts(unit, before, after);
    }

    /** The result in the base configuration, if it is this one's as well. */
    private Optional<Unit> like(Step step, Built before, Built after) {
        return base.flatMap(b -> {
            Unit unit = Workers.result(Objects.requireNonNull(b.units.get(step.number())));
            Built one = b.side(step.from()).built();
            Built two = b.side(step.to()).built();
            return lane.reviewer()
                    .like(
                            b.lane.reviewer().asBase(unit, one, two),
                            lane.configuration().name(),
                            before,
                            after);
        });
    }

    private Unit compared(Step step, CodeCosts.Side before, CodeCosts.Side after) {
        say(step.what());
        return lane.reviewer()
                .review(
                        lane.configuration().name(),
                        before.built(),
                        after.built(),
                        new TreeSet<>(step.touched()),
                        step.hunks());
    }

    private void say(String what) {
        tools.progress()
                .accept(lane.profile().arch() + " " + lane.configuration().name() + ": " + what);
    }
}
