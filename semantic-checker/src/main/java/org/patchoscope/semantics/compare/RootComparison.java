// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.match.DataDifferences;
import org.patchoscope.semantics.compare.match.EntryExitRelation;
import org.patchoscope.semantics.compare.match.LayoutRelation;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.product.Lockstep;
import org.patchoscope.semantics.compare.product.Relevance;
import org.patchoscope.semantics.compare.values.PriorResults;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.compare.witness.ConditionCost;
import org.patchoscope.semantics.environment.ProfileEnvironment;
import org.patchoscope.semantics.environment.ReadSemantics;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.ReturnedNumbers;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.trace.Premise;
import org.patchoscope.semantics.work.Limits;

/**
 * Compares one function of two programs. What two versions part at is followed.
 */
final class RootComparison {
    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final Abi abi;
    private final OverlapWatch watch;
    private final Map<String, Set<String>> followed = new HashMap<>();
    private final Map<Program, ReturnedNumbers> numbers = new HashMap<>();

    RootComparison(ArchProfile profile, Exprs x, Solver solver, Abi abi, OverlapWatch watch) {
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.abi = abi;
        this.watch = watch;
    }

    /** The verdict on a function of which nothing refers to data whose initial content changes. */
    RootVerdict compare(Task task, Set<String> changedData) {
        Set<String> data = new TreeSet<>(task.c().references(task.pair().after().name()));
        data.retainAll(changedData);
        return data.isEmpty() ? compare(task) : dataChanged(task.pair().after().name(), data);
    }

    static RootVerdict dataChanged(String function, Set<String> data) {
        String why = "initial content changed of " + String.join(", ", data);
        return RootVerdict.notAnalysed(function, why);
    }

    /** The verdict on a function. */
    RootVerdict compare(Task task) {
        String name = task.pair().after().name();
        FunctionComparison.Compared first = refined(task, ReadSemantics.SEQUENTIAL);
        int pairs = first.result().pairs();
        Set<Premise> notes = first.result().notes();
        Set<String> handedOut = task.c().data().handedOut(first.result().addresses());
        if (handedOut.stream().anyMatch(DataDifferences::isUnnamed)) {
            return dataChanged(
                    name, handedOut); // it may be another constant at the same place: then its address says nothing
        }
        if (!first.findings().isEmpty()) {
            return new RootVerdict(name, new Verdict.Changed(first.findings()), pairs, first.problems(), notes);
        }
        if (!first.problems().isEmpty()) {
            return new RootVerdict(name, new Verdict.NotAnalysed(first.problems()), pairs, Set.of(), notes);
        }
        FunctionComparison.Compared second = refined(task, ReadSemantics.CONCURRENT);
        Verdict v;
        Set<String> beside = Set.of();
        if (!second.findings().isEmpty()) {
            v = new Verdict.RaceWindow(second.findings());
            beside = beyond(first.result().bounded(), task.limits());
        } else if (!second.problems().isEmpty()) {
            v = new Verdict.NotAnalysed(second.problems());
        } else if (!handedOut.isEmpty()) {
            v = new Verdict.NotAnalysed(Set.of("initial content changed of " + String.join(", ", handedOut)
                    + ", of which others get the address"));
        } else {
            v = equal(pairs, Math.max(first.result().bounded(), second.result().bounded()), task.limits());
        }
        return new RootVerdict(name, v, pairs, beside, notes);
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

    /**
     * A call of a function of the world is one event at first. Where two versions part at such a call, the
     * function is followed after all: calling something that does nothing is no difference. What had to be followed
     * in a function that this one calls is followed from the start.
     */
    private FunctionComparison.Compared refined(Task t, ReadSemantics reading) {
        String name = t.pair().after().name();
        Set<String> follow = new LinkedHashSet<>();
        if (reading == ReadSemantics.SEQUENTIAL) {
            t.c().callees(name).stream()
                    .filter(t.open()::contains)
                    .sorted()
                    .forEach(g -> follow.addAll(followed.getOrDefault(g, Set.of())));
        }
        while (true) {
            FunctionComparison comparison = comparison(t, follow);
            Relevance relevance = new Relevance();
            Lockstep.Result proof = comparison.prove(t.pair().before(), t.pair().after(), reading, relevance);
            if (follow.addAll(suspects(proof, t.c()))) {
                continue;
            }
            if (reading == ReadSemantics.SEQUENTIAL) {
                followed.put(name, Set.copyOf(follow));
            }
            // What is behind an unknown pointer or index is taken to be the same in both: not so where contents differ.
            if (!t.c().data().none()) {
                return comparison.tell(
                        comparison.walk(t.pair().before(), t.pair().after(), reading, new Relevance()));
            }
            boolean proven = proof.partings().isEmpty() && proof.notAnalysed().isEmpty() && proof.bounded() == 0;
            return proven
                    ? new FunctionComparison.Compared(proof, List.of(), Set.of())
                    : comparison
                            .tell(comparison.walk(t.pair().before(), t.pair().after(), reading, relevance.complete()))
                            .leaningOn(proof.notes());
        }
    }

    private Set<String> suspects(Lockstep.Result result, Correspondence c) {
        return result.partings().stream()
                .filter(p -> p.kind() != Difference.Kind.CONTEXT || !Context.isOfEntry(p.detail()))
                .flatMap(p -> Stream.of(p.left(), p.right()))
                .filter(event -> hides(event, c))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether an event is a call whose events are not shown, but could be. */
    private boolean hides(String event, Correspondence c) {
        return c.knows(event) && !profile.observable().contains(event);
    }

    FunctionComparison comparison(Task t, Set<String> follow) {
        FunctionComparison.Machines machines = new FunctionComparison.Machines() {
            @Override
            public Machine before(ReadSemantics reading, int loops) {
                return machine(t.before(), reading, t, follow, loops);
            }

            @Override
            public Machine after(ReadSemantics reading, int loops) {
                return machine(t.after(), reading, t, follow, loops);
            }
        };
        Layout layout = t.numbering().layout();
        AssumptionCheck assumptions =
                new AssumptionCheck(profile, layout, t.before().macros(), x, solver);
        List<String> parameters = t.c().sameParameters(t.pair()) ? t.c().parameterNames(t.pair()) : List.of();
        EntryExitRelation boundary = t.lemmas()
                .result(t.pair().after().name())
                .map(r -> EntryExitRelation.related(parameters, x, r))
                .orElseGet(() ->
                        EntryExitRelation.of(parameters, x, t.c().resultBefore(t.pair()), t.c().resultAfter(t.pair())));
        return new FunctionComparison(
                x,
                new PriorResults(solver, x, f -> returned(t, f)),
                t.limits(),
                machines,
                assumptions,
                new ConditionCost(profile, layout),
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
        return LayoutRelation.types(
                Optional.ofNullable(side.program().debug().prototypes().get(name)), names);
    }

    private Machine machine(Side side, ReadSemantics reading, Task t, Set<String> follow, int loops) {
        String self = t.pair().after().name();
        ProfileEnvironment environment = new ProfileEnvironment(
                profile,
                x,
                t.numbering() instanceof LayoutRelation.ByName n
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
                key -> false,
                t.numbering().placement(side == t.after(), types(t, side == t.after())));
        return new Machine(side.program(), environment, abi, loops, watch, t.c().contents(side.program()));
    }
}
