// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.CommonLayout;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.environment.ProfileEnvironment;
import org.patchoscope.semantics.environment.Reading;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Program.FunctionRef;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.source.SourceFacts;

/**
 * Compares two programs: from the changed functions upwards, each is compared; one proven equal is one
 * opaque function for its callers, one that is not is followed at its callers, until a difference has
 * either vanished in them or is seen from the outermost function of the world.
 */
public final class ProgramComparison {
    private static final String UNKNOWN_RESULT = " returns is not known";

    /** One side: the program, and what its tree calls things. */
    public record Side(Program program, Map<String, Long> macros, Map<Integer, String> features) {
        public Side {
            macros = Map.copyOf(macros);
            features = Map.copyOf(features);
        }
    }

    /**
     * The verdict on a root.
     *
     * @param pairs pairs of paths compared
     * @param unfinished what could not be analysed beside the findings
     * @param notes what the paths leaned on
     */
    public record RootVerdict(String root, Verdict verdict, int pairs, Set<String> unfinished, Set<String> notes) {
        public RootVerdict {
            unfinished = Set.copyOf(unfinished);
            notes = Set.copyOf(notes);
        }

        /** Whether a bound was hit, so that something was not followed. */
        public boolean exceeded() {
            Set<String> reasons = verdict instanceof Verdict.NotAnalysed n ? n.reasons() : unfinished;
            return reasons.stream().anyMatch(r -> r.startsWith("more than") || r.endsWith(UNKNOWN_RESULT));
        }

        RootVerdict with(String problem) {
            Set<String> more = new TreeSet<>(unfinished);
            more.add(problem);
            return new RootVerdict(root, verdict, pairs, more, notes);
        }
    }

    /**
     * A whole comparison.
     *
     * @param changed functions whose code differs
     * @param renamed functions that only have another name now
     * @param roots verdicts that count, by root
     * @param inner functions that differ by themselves but not as seen from a root
     * @param unaffected functions that call changed ones, all of which have been settled
     * @param relations how results of another type are related, by function
     * @param lemmas functions whose type differs, and in words how they were compared all the same
     */
    public record Result(
            Set<String> changed,
            Map<String, String> renamed,
            List<RootVerdict> roots,
            List<String> inner,
            Set<String> unaffected,
            Map<String, String> lemmas,
            Map<String, ResultRelation> relations) {
        public Result {
            changed = Set.copyOf(changed);
            renamed = Map.copyOf(renamed);
            roots = List.copyOf(roots);
            inner = List.copyOf(inner);
            unaffected = Set.copyOf(unaffected);
            lemmas = Map.copyOf(lemmas);
            relations = Map.copyOf(relations);
        }
    }

    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final Abi abi;
    private final Consumer<String> progress;
    private final OverlapWatch watch;

    public ProgramComparison(
            ArchProfile profile, Exprs x, Solver solver, Limits limits, Abi abi, Consumer<String> progress) {
        this(profile, x, solver, limits, abi, progress, OverlapWatch.none());
    }

    /** A comparison during which {@code watch} is told of every access to memory. */
    public ProgramComparison(
            ArchProfile profile,
            Exprs x,
            Solver solver,
            Limits limits,
            Abi abi,
            Consumer<String> progress,
            OverlapWatch watch) {
        this.watch = watch;
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.abi = abi;
        this.progress = progress;
    }

    /** Compares {@code before} with {@code after}; both programs must use this comparison's factory. */
    public Result compare(Side before, Side after) {
        return compare(before, after, Map.of());
    }

    /**
     * The same where it is known already how results of another type are related.
     *
     * @param known by function; used where what it returns cannot be found out here
     */
    public Result compare(Side before, Side after, Map<String, ResultRelation> known) {
        return compare(before, after, known, structures -> Optional.empty());
    }

    /** What sources say, asked for where structures with these names are laid out differently; empty without sources. */
    @FunctionalInterface
    public interface Sources {
        Optional<SourceFacts> facts(Set<String> structures);
    }

    /**
     * The same where sources are at hand, so that structures may be laid out differently: members are matched by name,
     * and functions with the same source are taken to differ by that alone.
     */
    public Result compare(Side before, Side after, Map<String, ResultRelation> known, Sources sources) {
        CommonLayout common =
                new CommonLayout(before.program().debug(), after.program().debug());
        Optional<SourceFacts> facts = common.changed().isEmpty() ? Optional.empty() : sources.facts(common.changed());
        Correspondence c = new Correspondence(
                before.program(),
                after.program(),
                facts.map(SourceFacts::same).orElse(Set.of()),
                facts.map(SourceFacts::other).orElse(Set.of()));
        Set<String> open = c.affected();
        Set<String> equal = new LinkedHashSet<>();
        Map<String, RootVerdict> verdicts = new LinkedHashMap<>();
        Set<String> data = DataChanges.between(before.program(), after.program());
        if (!common.changed().isEmpty() && facts.isEmpty()) {
            return uncompared(c, LayoutChanges.reason(common.changed()));
        }
        Numbering numbering = facts.<Numbering>map(f -> new Numbering.ByName(
                        common, f, Numbering.moved(profile, common, before.macros(), after.macros())))
                .orElseGet(() -> new Numbering.Alike(new Layout(before.program().debug())));
        Set<String> settled = new LinkedHashSet<>();
        Set<String> unaffected = new LinkedHashSet<>();
        Lemmas lemmas = new Lemmas(c, known);
        Set<String> unknown = new LinkedHashSet<>();
        Function<Correspondence.Pair, Task> task =
                p -> new Task(p, before, after, c, open, equal, limits, lemmas, numbering, true);
        ToldElsewhere elsewhere =
                new ToldElsewhere(c, facts.map(SourceFacts::touched).orElse(Set.of()));
        for (String f : c.bottomUp()) {
            boolean reached = c.changed().contains(f) || calls(c, f, open, settled);
            if (!reached) {
                unaffected.add(f);
                equal.add(f);
                settled.add(f);
                continue;
            }
            Optional<String> unknownCallee =
                    unknown.stream().filter(g -> c.callers(g).contains(f)).findFirst();
            if (unknownCallee.isPresent()) {
                Verdict v = new Verdict.NotAnalysed(
                        Set.of("what " + unknownCallee.get() + "(), which it calls," + UNKNOWN_RESULT));
                verdicts.put(f, new RootVerdict(f, v, 0, Set.of(), Set.of()));
                settled.add(f);
                unknown.add(f);
                continue;
            }
            Optional<RootVerdict> told = elsewhere.of(f, open, settled, verdicts);
            if (told.isPresent()) {
                verdicts.put(f, told.get());
                settled.add(f);
                continue;
            }
            Optional<Correspondence.Pair> other = c.pair(f).filter(p -> meansSomethingElse(c, p));
            if (other.isPresent()) {
                if (c.sameParameters(other.get()) && c.truthAndInteger(other.get())) {
                    progress.accept(f);
                    verdicts.put(f, related(task.apply(other.get()), data));
                    settled.add(f);
                    if (lemmas.result(f).isPresent()) {
                        equal.add(f);
                    } else {
                        unknown.add(f);
                    }
                }
                continue;
            }
            Optional<Correspondence.Pair> supplied = c.pair(f).filter(p -> !c.sameParameters(p) && c.sameResult(p));
            if (supplied.isPresent()) {
                progress.accept(f);
                if (supplied(task.apply(supplied.get()), data)) {
                    equal.add(f);
                }
                continue;
            }
            c.pair(f).filter(c::sameParameters).ifPresent(p -> {
                progress.accept(f);
                RootVerdict v = bounded(task.apply(p), data);
                verdicts.put(f, v);
                if (v.verdict() instanceof Verdict.Equivalent && c.sameResult(p) && c.enteredAtStart(p)) {
                    equal.add(f);
                }
                if (endsHere(c, p, v)) {
                    settled.add(f);
                }
            });
        }
        c.users(data).stream().sorted().forEach(f -> {
            verdicts.putIfAbsent(f, dataChanged(f, data));
            settled.add(f);
        });
        return summarise(c, verdicts, settled, unaffected, lemmas);
    }

    /**
     * Compares one function as seen by its caller: what it calls is followed, whatever that is by itself. No bound is
     * lowered where there are too many paths. Equal code, down to all that it calls, is equivalent without a pair of paths.
     *
     * @throws IllegalArgumentException if a side has no function of that name
     */
    public RootVerdict function(Side before, Side after, String name) {
        Correspondence c = new Correspondence(before.program(), after.program());
        Correspondence.Pair pair =
                c.pair(name).orElseThrow(() -> new IllegalArgumentException("not in both programs: " + name));
        Set<String> layouts =
                new CommonLayout(before.program().debug(), after.program().debug()).changed();
        Set<String> data = new TreeSet<>(c.references(name));
        data.retainAll(DataChanges.between(before.program(), after.program()));
        if (!data.isEmpty()) {
            return dataChanged(name, data);
        }
        String why = !layouts.isEmpty()
                ? LayoutChanges.reason(layouts)
                : c.sameSizes(pair) ? "" : "the versions take or return values of different sizes";
        if (!why.isEmpty()) {
            return new RootVerdict(name, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of());
        }
        return c.affected().contains(name)
                ? verdict(new Task(
                        pair,
                        before,
                        after,
                        c,
                        c.affected(),
                        Set.of(),
                        limits,
                        new Lemmas(c, Map.of()),
                        new Numbering.Alike(new Layout(before.program().debug())),
                        true))
                : new RootVerdict(name, new Verdict.Equivalent(0, 0), 0, Set.of(), Set.of());
    }

    /**
     * A function that returned an integer and returns a truth value now, or the other way round, is
     * compared by what one says of the other. Its calls to itself are taken to keep that relation, which
     * is then proven or refuted by induction on their depth; its callers get related answers.
     */
    private RootVerdict related(Task task, Set<String> changedData) {
        String f = task.pair().after().name();
        RootVerdict best = null;
        ResultRelation chosen = new ResultRelation(ResultRelation.Sense.ZERO_IS_TRUE, Set.of());
        for (ResultRelation.Sense sense : ResultRelation.Sense.values()) {
            ResultRelation r = new ResultRelation(sense, Set.of());
            task.lemmas().result(f, r);
            RootVerdict v = bounded(task, changedData);
            if (best == null || wrongResults(v) < wrongResults(best)) {
                best = v;
                chosen = r;
            }
            if (wrongResults(v) == 0 || wrongResults(v) * 2 < v.pairs()) {
                break;
            }
        }
        ResultValues values = integers(task);
        Optional<Set<Long>> integers = values.of(f);
        int bits = task.c().integerBits(task.pair());
        if (values.complete()) {
            task.lemmas().result(f, integers.isPresent() ? chosen.seen(integers.get(), bits) : chosen);
        } else {
            task.lemmas().resultAsKnown(f, chosen.sense());
        }
        return Objects.requireNonNull(best);
    }

    /** Finds out what the version that returns an integer can return. */
    private ResultValues integers(Task task) {
        boolean before = !task.c().truthBefore(task.pair());
        FunctionComparison comparison = comparison(task.with(limits.withLoops(0)), Set.of());
        return new ResultValues(
                x,
                solver,
                name -> task.c().pair(name).map(p -> comparison.paths(before, before ? p.before() : p.after())));
    }

    /**
     * Whether one version does with its further parameters what the other does with what it reads for
     * itself. Their callers then have to pass what would have been read.
     */
    private boolean supplied(Task task, Set<String> changedData) {
        String f = task.pair().after().name();
        List<Supplies.Extra> extra = task.c().extra(task.pair(), profile);
        if (extra.isEmpty()) {
            return false;
        }
        task.lemmas().supply(f, extra);
        boolean proven = bounded(task, changedData).verdict() instanceof Verdict.Equivalent;
        if (!proven) {
            task.lemmas().drop(f);
        }
        return proven;
    }

    private static int wrongResults(RootVerdict v) {
        return findings(v).stream()
                .filter(f -> f.example().kind() == Difference.Kind.RESULT)
                .mapToInt(Finding::pairs)
                .sum();
    }

    /** Results of another type cannot be set against each other: only what the callers make of them can. */
    private static boolean meansSomethingElse(Correspondence c, Correspondence.Pair p) {
        String name = p.after().name();
        return !c.sameResult(p) && c.callers(name).stream().anyMatch(g -> !g.equals(name));
    }

    private static Result uncompared(Correspondence c, String why) {
        List<RootVerdict> roots = c.changed().stream()
                .filter(f -> c.pair(f).isPresent())
                .sorted()
                .map(f -> new RootVerdict(f, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of()))
                .toList();
        return new Result(c.changed(), c.renamed(), roots, List.of(), Set.of(), Map.of(), Map.of());
    }

    /**
     * Whether callers need not be asked: the function is equal, or it cannot be analysed, or what differs
     * depends on nothing that a caller passes.
     */
    private static boolean endsHere(Correspondence c, Correspondence.Pair p, RootVerdict v) {
        boolean equal = v.verdict() instanceof Verdict.Equivalent;
        boolean called = c.seenFromCallers(p.after().name());
        if (!c.hasPrototype(p) && !equal && called || !c.enteredAtStart(p)) {
            return false; // what it leaves in registers, or does from other labels on, its callers show
        }
        return switch (v.verdict()) {
            case Verdict.Equivalent e -> c.sameResult(p);
            case Verdict.NotAnalysed n -> true;
            case Verdict.Changed f ->
                c.sameResult(p) && findings(v).stream().noneMatch(ProgramComparison::onParameters);
            case Verdict.RaceWindow f -> findings(v).stream().noneMatch(ProgramComparison::onParameters);
        };
    }

    private static boolean calls(Correspondence c, String f, Set<String> open, Set<String> settled) {
        return open.stream().anyMatch(g -> !settled.contains(g) && c.callers(g).contains(f));
    }

    /** A verdict counts where it settled the matter, or where there is no caller left to ask. */
    private static Result summarise(
            Correspondence c,
            Map<String, RootVerdict> verdicts,
            Set<String> settled,
            Set<String> unaffected,
            Lemmas lemmas) {
        List<RootVerdict> roots = new ArrayList<>();
        List<String> inner = new ArrayList<>(c.bottomUp().stream()
                .filter(f -> lemmas.result(f).isEmpty()
                        && c.pair(f).filter(p -> meansSomethingElse(c, p)).isPresent())
                .toList());
        verdicts.forEach((f, v) -> {
            boolean askedAbove = c.callers(f).stream().anyMatch(g -> !g.equals(f) && verdicts.containsKey(g));
            boolean leftToCallers = c.pair(f)
                    .filter(p -> !c.hasPrototype(p) || !c.enteredAtStart(p))
                    .isPresent();
            if (settled.contains(f) || !askedAbove || leftToCallers && !c.seenFromCallers(f)) {
                roots.add(v);
            } else {
                inner.add(f);
            }
        });
        return new Result(c.changed(), c.renamed(), roots, inner, unaffected, lemmas.texts(), lemmas.relations());
    }

    private static List<Finding> findings(RootVerdict v) {
        return switch (v.verdict()) {
            case Verdict.Changed f -> f.findings();
            case Verdict.RaceWindow f -> f.findings();
            case Verdict.Equivalent e -> List.of();
            case Verdict.NotAnalysed n -> List.of();
        };
    }

    /** Whether a condition speaks of a parameter's value: plain symbols that are no pointers we know. */
    private static boolean onParameters(Finding f) {
        return f.conditions().stream()
                .flatMap(c -> Unknowns.of(c).stream())
                .anyMatch(u -> u instanceof Expr.Sym s
                        && !Set.of("regs", "current", "stack").contains(s.name())
                        && s.name().matches("\\w+( \\(parameter\\))?"));
    }

    /**
     * Where a bound leaves too many paths, all ways are joined that can be; then loops are repeated less often, and
     * at last not at all.
     */
    private RootVerdict bounded(Task task, Set<String> changedData) {
        Set<String> data = new TreeSet<>(task.c().references(task.pair().after().name()));
        data.retainAll(changedData);
        if (!data.isEmpty()) {
            return dataChanged(task.pair().after().name(), data);
        }
        boolean last = task.limits().loops() == 0;
        RootVerdict best = verdict(last ? task : task.with(task.limits().givenUpEarly()));
        int from = limits.hasty() ? 0 : task.limits().loops();
        for (int loops = from; loops >= 0 && best.exceeded(); loops--) {
            Limits fewer = limits.withJoining().withLoops(loops);
            RootVerdict v = verdict(task.with(loops == 0 ? fewer : fewer.givenUpEarly()));
            if (!v.exceeded() || findings(best).isEmpty()) {
                best = v;
            }
        }
        boolean nothing = best.exceeded() && findings(best).isEmpty();
        return nothing && !limits.hasty() ? withoutTracepoints(task, best) : best;
    }

    /**
     * Probes of tracepoints multiply paths like nothing else. What can be said without them is said, but
     * as what it is.
     */
    private RootVerdict withoutTracepoints(Task task, RootVerdict failed) {
        RootVerdict v = verdict(task.withoutTracepoints());
        String enabled = limits.paths() + " paths where tracepoints are enabled";
        return switch (v.verdict()) {
            case Verdict.NotAnalysed n -> failed;
            case Verdict.Equivalent e ->
                new RootVerdict(
                        v.root(),
                        new Verdict.NotAnalysed(Set.of("more than " + enabled + "; equivalent where they are not")),
                        v.pairs(),
                        Set.of(),
                        v.notes());
            case Verdict.Changed c -> v.with("more than " + enabled);
            case Verdict.RaceWindow r -> v.with("more than " + enabled);
        };
    }

    private static RootVerdict dataChanged(String function, Set<String> data) {
        String why = "initial content changed of " + String.join(", ", data);
        return new RootVerdict(function, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of());
    }

    private RootVerdict verdict(Task task) {
        String name = task.pair().after().name();
        FunctionComparison.Compared sequential = refined(task, Reading.SEQUENTIAL);
        Set<String> notes = sequential.notes();
        int pairs = sequential.result().pairs();
        if (!sequential.findings().isEmpty()) {
            return new RootVerdict(
                    name, new Verdict.Changed(sequential.findings()), pairs, sequential.problems(), notes);
        }
        if (!sequential.problems().isEmpty()) {
            return new RootVerdict(name, new Verdict.NotAnalysed(sequential.problems()), pairs, Set.of(), notes);
        }
        FunctionComparison.Compared concurrent = refined(task, Reading.CONCURRENT);
        Verdict v;
        if (!concurrent.findings().isEmpty()) {
            v = new Verdict.RaceWindow(concurrent.findings());
        } else if (!concurrent.problems().isEmpty()) {
            v = new Verdict.NotAnalysed(concurrent.problems());
        } else {
            v = new Verdict.Equivalent(
                    sequential.result().pairs(), sequential.result().bounded());
        }
        return new RootVerdict(name, v, pairs, Set.of(), notes);
    }

    /** What is compared with what, and what is known by then. */
    private record Task(
            Correspondence.Pair pair,
            Side before,
            Side after,
            Correspondence c,
            Set<String> open,
            Set<String> equal,
            Limits limits,
            Lemmas lemmas,
            Numbering numbering,
            boolean tracepoints) {
        Task with(Limits other) {
            return new Task(pair, before, after, c, open, equal, other, lemmas, numbering, tracepoints);
        }

        Task withoutTracepoints() {
            return new Task(pair, before, after, c, open, equal, limits, lemmas, numbering, false);
        }
    }

    /**
     * A call of a function of the world is one event at first. Where two traces part at such a call, the
     * function is followed after all: calling something that does nothing is no difference.
     */
    private FunctionComparison.Compared refined(Task t, Reading reading) {
        Set<String> follow = new LinkedHashSet<>();
        while (true) {
            FunctionComparison comparison = comparison(t, follow);
            FunctionRef before = t.pair().before();
            FunctionRef after = t.pair().after();
            Set<String> suspects = new LinkedHashSet<>();
            FunctionComparison.Walk walk =
                    comparison.walk(before, after, reading, t.limits().loops() == 0);
            walk.result().differences().forEach(d -> suspects(d, t.c(), suspects));
            if (!follow.addAll(suspects)) {
                return comparison.tell(walk);
            }
        }
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

    private FunctionComparison comparison(Task t, Set<String> follow) {
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
                t.limits(),
                machines,
                assumptions,
                new Oddness(profile, layout),
                boundary,
                t.numbering().view(x, types(t, true)));
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
        return new Machine(side.program(), environment, abi, t.limits().loops(), watch);
    }
}
