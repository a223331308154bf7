// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.semantics.arch.x86.X86Vectors;
import org.patchoscope.semantics.compare.match.AddressNormalizer;
import org.patchoscope.semantics.compare.match.EntryExitRelation;
import org.patchoscope.semantics.compare.product.EventComparison;
import org.patchoscope.semantics.compare.product.Lockstep;
import org.patchoscope.semantics.compare.product.Parting;
import org.patchoscope.semantics.compare.product.Relevance;
import org.patchoscope.semantics.compare.product.Trail;
import org.patchoscope.semantics.compare.verdict.CallsAround;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.Group;
import org.patchoscope.semantics.compare.witness.ConditionCost;
import org.patchoscope.semantics.compare.witness.Executed;
import org.patchoscope.semantics.compare.witness.FindingConditions;
import org.patchoscope.semantics.compare.witness.Replay;
import org.patchoscope.semantics.compare.witness.Witnesses;
import org.patchoscope.semantics.environment.ReadSemantics;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.trace.Path;
import org.patchoscope.semantics.trace.PathCondition;
import org.patchoscope.semantics.trace.Premise;
import org.patchoscope.semantics.work.Limits;

/** Compares one function before and after under one reading. */
final class FunctionComparison {
    private static final int MOST_RACES = 6;
    private static final int TOLD_RACES = 2;
    private static final int TRIES = 4;
    /** Where what holds on every turn is looked for, no turn is too many. */
    private static final int ANY_TURNS = 1_000_000;

    /** A machine for a side and a reading. */
    interface Machines {
        Machine before(ReadSemantics reading, int loops);

        Machine after(ReadSemantics reading, int loops);
    }

    /** A comparison, and what is told of it. */
    record Compared(Lockstep.Result result, List<Finding> findings, Set<String> problems) {
        /** The same, leaning on {@code more} too: what a proof has settled was not looked at again. */
        Compared leaningOn(Set<Premise> more) {
            return new Compared(result.leaningOn(more), findings, problems);
        }
    }

    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final Machines machines;
    private final AssumptionCheck assumptions;
    private final ConditionCost oddness;
    private final EntryExitRelation boundary;
    private final AddressNormalizer view;

    /** A comparison; {@code solver} decides of branches, and of values whether anything can make a difference of them. */
    FunctionComparison(
            Exprs x,
            Solver solver,
            Limits limits,
            Machines machines,
            AssumptionCheck assumptions,
            ConditionCost oddness,
            EntryExitRelation boundary,
            AddressNormalizer view) {
        this.view = view;
        this.boundary = boundary;
        this.oddness = oddness;
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.machines = machines;
        this.assumptions = assumptions;
    }

    /** What executing both together has found, before it is told. */
    record Walk(FunctionRef before, FunctionRef after, ReadSemantics reading, Lockstep.Result result) {}

    /** Where the versions may part, and {@code relevance} from where one can come to that; nowhere if they are equal. */
    Lockstep.Result prove(FunctionRef before, FunctionRef after, ReadSemantics reading, Relevance relevance) {
        Machine left = machines.before(reading, ANY_TURNS);
        Machine right = machines.after(reading, ANY_TURNS);
        return Lockstep.proof(x, solver, limits, boundary, view, relevance)
                .run(left, left.start(before, boundary.parameters()), right, right.start(after, boundary.parameters()));
    }

    /** The partings alone, without telling them. */
    Walk walk(FunctionRef before, FunctionRef after, ReadSemantics reading, Relevance relevance) {
        Machine left = machines.before(reading, limits.loops());
        Machine right = machines.after(reading, limits.loops());
        Lockstep.Result result = Lockstep.search(x, solver, limits, enough(reading), boundary, view, relevance)
                .run(left, left.start(before, boundary.parameters()), right, right.start(after, boundary.parameters()));
        return new Walk(before, after, reading, result);
    }

    /** The ends of any function of one version, whose parameters need no names in common. */
    Lockstep.Result ends(boolean before, FunctionRef f) {
        int loops = limits.loops();
        Machine one = before
                ? machines.before(ReadSemantics.SEQUENTIAL, loops)
                : machines.after(ReadSemantics.SEQUENTIAL, loops);
        Machine two = before
                ? machines.before(ReadSemantics.SEQUENTIAL, loops)
                : machines.after(ReadSemantics.SEQUENTIAL, loops);
        EntryExitRelation same = EntryExitRelation.same(List.of());
        return Lockstep.search(x, solver, limits, Integer.MAX_VALUE, same, AddressNormalizer.asItIs(x), new Relevance())
                .run(one, one.start(f, List.of()), two, two.start(f, List.of()));
    }

    /** That a race can be seen takes one interleaving; all of them would be noise. */
    private static int enough(ReadSemantics reading) {
        return reading == ReadSemantics.CONCURRENT ? MOST_RACES : Integer.MAX_VALUE;
    }

    /** A parting with one input that shows it. */
    private record Shown(Parting parting, Difference difference, Map<Expr, Long> witness) {}

    /** The partings of a walk, told as findings. */
    Compared tell(Walk w) {
        Set<String> problems = new LinkedHashSet<>(w.result().notAnalysed());
        Map<String, List<Parting>> alike = new LinkedHashMap<>();
        for (Parting p : w.result().partings()) {
            alike.computeIfAbsent(
                            p.kind() + ":" + p.left() + ":" + p.right() + ":" + p.detail(), k -> new ArrayList<>())
                    .add(p);
        }
        long share = limits.work() / Math.max(1, alike.size());
        Map<Shown, List<Parting>> shown = new LinkedHashMap<>();
        alike.forEach((what, all) -> all.stream()
                .sorted(Comparator.comparing(this::inXen)
                        .thenComparingInt(p -> p.known().size()))
                .limit(TRIES)
                .flatMap(p -> show(w, p, share).stream())
                .findFirst()
                .ifPresentOrElse(
                        s -> shown.put(s, all),
                        () -> problems.add("a difference at " + all.getFirst().left() + " could not be reproduced")));
        List<Finding> findings = new ArrayList<>();
        int most = w.reading() == ReadSemantics.CONCURRENT ? TOLD_RACES : Integer.MAX_VALUE;
        groups(List.copyOf(shown.keySet())).entrySet().stream().limit(most).forEach(g -> {
            List<Parting> members = g.getValue().stream()
                    .flatMap(s -> Objects.requireNonNull(shown.get(s)).stream())
                    .toList();
            findings.add(finding(w, g.getKey(), g.getValue().getFirst(), members, share));
        });
        return new Compared(w.result(), List.copyOf(findings), problems);
    }

    /** What happens elsewhere too is shown elsewhere. */
    private boolean inXen(Parting p) {
        return p.known().contains(x.sym(X86Vectors.XEN_GUEST, 1));
    }

    /** What may be told in several groups goes with others of which that is true too, then with one that is told anyway. */
    private static Map<Group, List<Shown>> groups(List<Shown> all) {
        Map<Group, Long> shared = all.stream()
                .map(s -> s.difference().groups())
                .filter(g -> g.size() > 1)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(g -> g, Collectors.counting()));
        Set<Group> certain = all.stream()
                .map(s -> s.difference().groups())
                .filter(g -> g.size() == 1)
                .map(List::getFirst)
                .collect(Collectors.toSet());
        Map<Group, List<Shown>> groups = new LinkedHashMap<>();
        for (Shown s : all) {
            List<Group> own = s.difference().groups();
            Group group = own.stream()
                    .filter(g -> own.size() > 1 && shared.getOrDefault(g, 0L) > 1)
                    .findFirst()
                    .or(() -> own.stream().filter(certain::contains).findFirst())
                    .orElse(s.difference().group());
            groups.computeIfAbsent(group, k -> new ArrayList<>()).add(s);
        }
        return groups;
    }

    private Finding finding(Walk w, Group group, Shown shown, List<Parting> members, long share) {
        List<List<Expr>> inside = members.stream().map(Parting::condition).toList();
        Expr where = inside.stream().map(this::conjunction).reduce(x.no(), x::or);
        int most = w.reading() == ReadSemantics.CONCURRENT ? 1 : FindingConditions.MOST_CUBES;
        FindingConditions.Shortest shortest = new FindingConditions(x, solver, oddness, solver.work() + share)
                .shortest(where, most, input -> decided(w, members, input));
        List<List<Expr>> cases =
                shortest.cases().isEmpty() ? List.of(shown.difference().path()) : shortest.cases();
        return new Finding(
                group,
                shown.difference(),
                cases,
                shortest.left(),
                shown.witness(),
                assumptions.vanishing(inside),
                members.size());
    }

    private Expr conjunction(List<Expr> conditions) {
        return conditions.stream().reduce(x.yes(), x::and);
    }

    /** All that an input which parts in one of {@code members} has decided on its way. */
    private List<Expr> decided(Walk w, List<Parting> members, Map<Expr, Long> input) {
        Valuation values = new Valuation(input);
        return members.stream()
                .filter(p -> p.condition().stream().allMatch(c -> values.of(c) == 1))
                .findFirst()
                .flatMap(p -> follow(w, p, input))
                .map(Difference::condition)
                .orElse(List.of());
    }

    /** One input that parts there, with as many zeros in it as there can be. */
    private Optional<Shown> show(Walk w, Parting p, long share) {
        if (!(solver.check(p.condition()) instanceof Solver.Answer.Satisfiable)) {
            return Optional.empty();
        }
        Map<Expr, Long> simplest = new Witnesses(x, solver, solver.work() + share).find(p.condition());
        return follow(w, p, simplest).flatMap(d -> {
            Map<Expr, Long> witness = new Witnesses(x, solver, solver.work() + share).find(d.path());
            return replayed(w, p, witness).map(r -> new Shown(p, difference(p, r, around(w, r)), witness));
        });
    }

    /** Both versions, executed on one input, and the first event in which they differ. */
    private record Replayed(Machine left, Replay.Run one, Machine right, Replay.Run two, int at) {}

    private Optional<Difference> follow(Walk w, Parting p, Map<Expr, Long> input) {
        return replayed(w, p, input).map(r -> difference(p, r, CallsAround.UNKNOWN));
    }

    /** Both versions, executed on an input that parts there; empty if they do not show the parting. */
    private Optional<Replayed> replayed(Walk w, Parting p, Map<Expr, Long> input) {
        Valuation values = new Valuation(input);
        Trail.Meetings meetings = p.trail().meetings(values);
        Machine left = machines.before(w.reading(), limits.loops());
        Machine right = machines.after(w.reading(), limits.loops());
        Replay.Run one = new Replay(left, values, boundary.before(), AddressNormalizer.asItIs(x))
                .run(left.start(w.before(), boundary.parameters()), meetings.left());
        Replay.Run two = new Replay(right, values, boundary.after(), view)
                .run(right.start(w.after(), boundary.parameters()), meetings.right());
        int at = 0;
        while (at < one.trace().size()
                && at < two.trace().size()
                && one.trace().get(at).equals(two.trace().get(at))) {
            at++;
        }
        boolean agree = at == one.trace().size() && at == two.trace().size();
        return one.trace().isEmpty() || two.trace().isEmpty() || agree
                ? Optional.empty()
                : Optional.of(new Replayed(left, one, right, two, at));
    }

    /** Asked for the witness that is shown alone: it takes looking up every instruction that was executed. */
    private static CallsAround around(Walk w, Replayed r) {
        Executed one = r.one().executed();
        Executed two = r.two().executed();
        Set<String> executed = new LinkedHashSet<>(one.functionsUpTo(r.at()));
        executed.addAll(two.functionsUpTo(r.at()));
        return new CallsAround(
                without(w.before().name(), one.stack(r.at()), two, r.right()),
                without(w.after().name(), two.stack(r.at()), one, r.left()),
                executed);
    }

    /** Calls of functions that the other version has too, and has not executed. */
    private static List<CallsAround.Call> without(String root, List<String> stack, Executed other, Machine machine) {
        Set<String> there = other.functions();
        List<CallsAround.Call> calls = new ArrayList<>();
        // A call in tail position leaves no frame of its caller: what is outermost then is called from the root.
        String caller = root;
        for (String callee : stack) {
            if (!there.contains(callee) && machine.program().has(callee)) {
                calls.add(new CallsAround.Call(caller, callee, machine.program().mayCall(there, callee)));
            }
            caller = callee;
        }
        return List.copyOf(calls);
    }

    private Difference difference(Parting p, Replayed r, CallsAround around) {
        Path one = r.one().path();
        Path two = r.two().path();
        int at = r.at();
        PathCondition both = one.condition().copy();
        two.condition().literals().forEach(l -> both.add(l.atom(), l.holds()));
        List<Expr> conditions = new ArrayList<>(both.exprs());
        Difference.Kind kind = p.kind();
        String detail = p.detail();
        boolean whole = true;
        if (at < one.events().size() && at < two.events().size()) {
            Optional<EventComparison.Unlike> unlike = new EventComparison(x, solver, boundary)
                    .difference(one.events().get(at), two.events().get(at), both, new LinkedHashSet<>());
            whole = unlike.map(u -> u.parting().isConst(1)).orElse(true);
            if (unlike.isPresent() && !whole) {
                kind = unlike.get().kind();
                detail = unlike.get().detail();
                conditions.add(unlike.get().parting());
            }
        }
        return new Difference(kind, conditions, conditions, whole, one, two, at, detail, around);
    }
}
