// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.ProgramComparison.Side;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.environment.ProfileEnvironment;
import org.patchoscope.semantics.environment.Reading;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.ReturnedNumbers;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.solver.Solver;

/**
 * Compares one function of two programs, within bounds: what exceeds them is tried again with ways joined and with fewer
 * rounds of loops; what two traces part at is followed.
 */
final class RootComparison {
    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final Abi abi;
    private final OverlapWatch watch;
    private final Map<String, Set<String>> followed = new HashMap<>();
    private final Set<String> lowered = new HashSet<>();
    private final Map<Program, ReturnedNumbers> numbers = new HashMap<>();

    RootComparison(ArchProfile profile, Exprs x, Solver solver, Limits limits, Abi abi, OverlapWatch watch) {
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.abi = abi;
        this.watch = watch;
    }

    /**
     * Where a bound leaves too many paths, all ways are joined that can be; then loops are repeated less often, and
     * at last not at all.
     */
    RootVerdict bounded(Task task, Set<String> changedData) {
        Set<String> data = new TreeSet<>(task.c().references(task.pair().after().name()));
        data.retainAll(changedData);
        if (!data.isEmpty()) {
            return dataChanged(task.pair().after().name(), data);
        }
        boolean last = task.limits().loops() == 0;
        RootVerdict best =
                attempt(last ? task : task.with(task.limits().givenUpEarly())).verdict();
        int loops = limits.hasty() ? 0 : task.limits().loops();
        if (best.exceeded()) {
            lowered.add(best.root());
        }
        while (loops >= 0 && best.exceeded()) {
            Limits fewer = limits.withJoining().withLoops(loops);
            Attempt next = attempt(task.with(loops == 0 ? fewer : fewer.givenUpEarly()));
            if (!next.verdict().exceeded() || best.findings().isEmpty()) {
                best = next.verdict();
            }
            loops = next.looped() ? loops - 1 : Math.min(loops - 1, 0); // no loop: fewer rounds change nothing
        }
        boolean nothing = best.exceeded() && best.findings().isEmpty();
        return nothing && !limits.hasty() && !limits.whole() ? withoutTracepoints(task, best) : best;
    }

    /** Functions for which a bound had to be lowered. */
    Set<String> lowered() {
        return Collections.unmodifiableSet(lowered);
    }

    /** One comparison within fixed bounds: its verdict, and whether a path was cut for going round a loop too often. */
    private record Attempt(RootVerdict verdict, boolean looped) {}

    /**
     * Probes of tracepoints multiply paths like nothing else. What can be said without them is said, but
     * as what it is.
     */
    private RootVerdict withoutTracepoints(Task task, RootVerdict failed) {
        RootVerdict v = unbounded(task.withoutTracepoints());
        String enabled = limits.paths() + " paths where tracepoints are enabled";
        return switch (v.verdict()) {
            case Verdict.NotAnalysed n -> failed;
            case Verdict.Equivalent e -> notAnalysed(v, "more than " + enabled + "; equivalent where they are not");
            case Verdict.EqualWithinBound b ->
                notAnalysed(v, "more than " + enabled + "; equal within the bound where they are not");
            case Verdict.Changed c -> v.with("more than " + enabled);
            case Verdict.RaceWindow r -> v.with("more than " + enabled);
        };
    }

    private static RootVerdict notAnalysed(RootVerdict v, String why) {
        return new RootVerdict(v.root(), new Verdict.NotAnalysed(Set.of(why)), v.pairs(), Set.of(), v.notes());
    }

    static RootVerdict dataChanged(String function, Set<String> data) {
        String why = "initial content changed of " + String.join(", ", data);
        return RootVerdict.notAnalysed(function, why);
    }

    /** The verdict within the task's own bounds, of which none is lowered. */
    RootVerdict unbounded(Task task) {
        return attempt(task).verdict();
    }

    private Attempt attempt(Task task) {
        String name = task.pair().after().name();
        Refined sequential = refined(task, Reading.SEQUENTIAL);
        FunctionComparison.Compared first = sequential.told();
        int pairs = first.result().pairs();
        if (!first.findings().isEmpty()) {
            Verdict v = new Verdict.Changed(first.findings());
            return new Attempt(new RootVerdict(name, v, pairs, first.problems(), first.notes()), sequential.looped());
        }
        if (!first.problems().isEmpty()) {
            Verdict v = new Verdict.NotAnalysed(first.problems());
            return new Attempt(new RootVerdict(name, v, pairs, Set.of(), first.notes()), sequential.looped());
        }
        Refined concurrent = refined(task, Reading.CONCURRENT);
        FunctionComparison.Compared second = concurrent.told();
        Verdict v;
        Set<String> beside = Set.of();
        if (!second.findings().isEmpty()) {
            v = new Verdict.RaceWindow(second.findings());
            beside = beyond(first.result().bounded(), task.limits());
        } else if (!second.problems().isEmpty()) {
            v = new Verdict.NotAnalysed(second.problems());
        } else {
            v = equal(pairs, Math.max(first.result().bounded(), second.result().bounded()), task.limits());
        }
        return new Attempt(new RootVerdict(name, v, pairs, beside, first.notes()), concurrent.looped());
    }

    private static Verdict equal(int pairs, int bounded, Limits limits) {
        return bounded == 0
                ? new Verdict.Equivalent(pairs)
                : new Verdict.EqualWithinBound(pairs, bounded, limits.loops());
    }

    /** A race window says that nothing else differs, which is known up to the bound only. */
    private static Set<String> beyond(int bounded, Limits limits) {
        return bounded == 0
                ? Set.of()
                : Set.of("beyond the loop bound of " + limits.loops() + " it is not known whether it differs");
    }

    private record Refined(FunctionComparison.Compared told, boolean looped) {}

    /**
     * A call of a function of the world is one event at first. Where two traces part at such a call, the
     * function is followed after all: calling something that does nothing is no difference. What had to be followed
     * in an earlier attempt, or in a function that this one calls, is followed from the start.
     */
    private Refined refined(Task t, Reading reading) {
        String name = t.pair().after().name();
        Set<String> follow = new LinkedHashSet<>();
        if (reading == Reading.SEQUENTIAL) {
            follow.addAll(followed.getOrDefault(name, Set.of()));
            t.c().callees(name).stream()
                    .filter(t.open()::contains)
                    .sorted()
                    .forEach(g -> follow.addAll(followed.getOrDefault(g, Set.of())));
        }
        while (true) {
            FunctionComparison comparison = comparison(t, follow);
            Set<String> suspects = new LinkedHashSet<>();
            FunctionComparison.Walk walk =
                    comparison.walk(t.pair().before(), t.pair().after(), reading, partly(t.limits()));
            walk.result().differences().forEach(d -> suspects(d, t.c(), suspects));
            if (!follow.addAll(suspects)) {
                if (reading == Reading.SEQUENTIAL) {
                    followed.put(name, Set.copyOf(follow));
                }
                return new Refined(told(comparison, walk), walk.looped());
            }
        }
    }

    /** At last what was followed is compared, though it is not all; unless only the whole counts. */
    private static boolean partly(Limits limits) {
        return limits.loops() == 0 && !limits.whole();
    }

    private FunctionComparison.Compared told(FunctionComparison comparison, FunctionComparison.Walk walk) {
        return limits.whole() && walk.exceeded() ? walk.untold() : comparison.tell(walk);
    }

    private void suspects(Difference d, Correspondence c, Set<String> into) {
        Event a = d.at() < d.before().events().size() ? d.before().events().get(d.at()) : null;
        Event b = d.at() < d.after().events().size() ? d.after().events().get(d.at()) : null;
        if (a != null && hides(a, c) && !(b != null && onlyIn(b, d.after(), d.before(), c))) {
            into.add(a.name());
        }
        if (b != null && hides(b, c) && !(a != null && onlyIn(a, d.before(), d.after(), c))) {
            into.add(b.name());
        }
    }

    /** Whether an event is a call whose events are not shown, but could be. */
    private boolean hides(Event e, Correspondence c) {
        return c.knows(e.name()) && !profile.observable().contains(e.name());
    }

    /** Whether {@code here} has more events like {@code e} than {@code there} has or can be hiding. */
    private boolean onlyIn(Event e, Path here, Path there, Correspondence c) {
        return !hides(e, c)
                && count(e.name(), here) > count(e.name(), there)
                && there.events().stream()
                        .noneMatch(o -> hides(o, c) && c.references(o.name()).contains(e.name()));
    }

    private static long count(String name, Path p) {
        return p.events().stream().filter(e -> e.name().equals(name)).count();
    }

    FunctionComparison comparison(Task t, Set<String> follow) {
        FunctionComparison.Machines machines = new FunctionComparison.Machines() {
            @Override
            public Machine before(Reading reading) {
                return machine(t.before(), reading, t, follow);
            }

            @Override
            public Machine after(Reading reading) {
                return machine(t.after(), reading, t, follow);
            }
        };
        Layout layout = t.numbering().layout();
        AssumptionCheck assumptions =
                new AssumptionCheck(profile, layout, t.before().macros(), x, solver);
        List<String> parameters = t.c().sameParameters(t.pair()) ? t.c().parameterNames(t.pair()) : List.of();
        Boundary boundary = t.lemmas()
                .result(t.pair().after().name())
                .map(r -> Boundary.related(parameters, x, r))
                .orElse(Boundary.same(parameters));
        return new FunctionComparison(
                x,
                solver,
                new KnownResults(solver, x, f -> returned(t, f)),
                t.limits(),
                machines,
                assumptions,
                new Oddness(profile, layout),
                boundary,
                t.numbering().view(x, types(t, true)));
    }

    /** What a function can return in either version; nothing of one whose results are related, not compared. */
    private Optional<Set<Long>> returned(Task t, String function) {
        if (t.lemmas().result(function).isPresent()) {
            return Optional.empty();
        }
        return t.c().pair(function)
                .flatMap(p -> numbers(t.before().program())
                        .of(p.before())
                        .flatMap(one -> numbers(t.after().program())
                                .of(p.after())
                                .map(two -> {
                                    Set<Long> all = new TreeSet<>(one);
                                    all.addAll(two);
                                    return all;
                                })));
    }

    private ReturnedNumbers numbers(Program program) {
        return numbers.computeIfAbsent(program, p -> new ReturnedNumbers(p, abi));
    }

    /** Types of what the compared function takes on one side, by the names that both use. */
    private static Map<String, DebugInfo.Type> types(Task t, boolean after) {
        Side side = after ? t.after() : t.before();
        String name = after ? t.pair().after().name() : t.pair().before().name();
        List<String> names = t.c().sameParameters(t.pair()) ? t.c().parameterNames(t.pair()) : List.of();
        return Numbering.types(
                Optional.ofNullable(side.program().debug().prototypes().get(name)), names);
    }

    private Machine machine(Side side, Reading reading, Task t, Set<String> follow) {
        String self = t.pair().after().name();
        ProfileEnvironment environment = new ProfileEnvironment(
                profile,
                x,
                t.numbering() instanceof Numbering.ByName n
                        ? n.layout()
                        : new Layout(side.program().debug()),
                side.macros(),
                side.features(),
                reading,
                f -> !follow.contains(f)
                        && t.c().pair(f).filter(t.c()::hasPrototype).isPresent()
                        && (f.equals(self)
                                ? t.lemmas().result(f).isPresent()
                                : !t.open().contains(f) || t.equal().contains(f)),
                t.c()::name,
                t.lemmas().related(side.program()),
                t.lemmas().supplied(side == t.before()),
                key -> !t.tracepoints() && key.startsWith("__tracepoint_"),
                t.numbering().placement(side == t.after(), types(t, side == t.after())));
        return new Machine(side.program(), environment, abi, t.limits().bound(), watch);
    }
}
