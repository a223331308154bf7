// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.machine.Program;
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

        /** Whether it is not known of all of it whether it differs. */
        boolean undecided() {
            return exceeded() || verdict instanceof Verdict.NotAnalysed;
        }

        /** What differs; none where nothing does, or nothing is known. */
        public List<Finding> findings() {
            return switch (verdict) {
                case Verdict.Changed c -> c.findings();
                case Verdict.RaceWindow w -> w.findings();
                case Verdict.Equivalent e -> List.of();
                case Verdict.NotAnalysed n -> List.of();
            };
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
     * @param undecided by function, those that it calls, others between them, of which it is not known whether they differ
     * @param known what a later comparison of the same states need not find out again
     * @param lemmas functions whose type differs, and in words how they were compared all the same
     */
    public record Result(
            Set<String> changed,
            Map<String, String> renamed,
            List<RootVerdict> roots,
            List<String> inner,
            Set<String> unaffected,
            Map<String, String> lemmas,
            Map<String, Set<String>> undecided,
            Known known) {
        public Result {
            changed = Set.copyOf(changed);
            renamed = Map.copyOf(renamed);
            roots = List.copyOf(roots);
            inner = List.copyOf(inner);
            unaffected = Set.copyOf(unaffected);
            lemmas = Map.copyOf(lemmas);
            undecided = Map.copyOf(undecided);
        }
    }

    /**
     * What an earlier comparison has found out.
     *
     * @param relations how results of another type are related, by function; used where it cannot be found out here
     * @param verdicts by function; they speak of the same programs, in expressions of the same factory
     * @param lowered functions for which a bound had to be lowered
     */
    public record Known(Map<String, ResultRelation> relations, Map<String, RootVerdict> verdicts, Set<String> lowered) {
        public static final Known NOTHING = new Known(Map.of(), Map.of(), Set.of());

        public Known {
            relations = Map.copyOf(relations);
            verdicts = Map.copyOf(verdicts);
            lowered = Set.copyOf(lowered);
        }

        /** With relations that another comparison has found, and without verdicts that more patience may better. */
        public Known firm(Map<String, ResultRelation> others, Set<String> answered) {
            Map<String, RootVerdict> firm = new HashMap<>(verdicts);
            firm.keySet().removeIf(f -> lowered.contains(f) && !answered.contains(f));
            return new Known(others, firm, lowered);
        }
    }

    private final ArchProfile profile;
    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final Consumer<String> progress;
    private final RootComparison one;

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
        this.profile = profile;
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.progress = progress;
        this.one = new RootComparison(profile, x, solver, limits, abi, watch);
    }

    /** Compares {@code before} with {@code after}; both programs must use this comparison's factory. */
    public Result compare(Side before, Side after) {
        return compare(before, after, Known.NOTHING);
    }

    /** The same where an earlier comparison has found out something already. */
    public Result compare(Side before, Side after, Known known) {
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
    public Result compare(Side before, Side after, Known known, Sources sources) {
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
        Lemmas lemmas = new Lemmas(c, known.relations());
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> anew = new HashSet<>();
        Map<String, RootVerdict> compared = new HashMap<>();
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
                    anew.add(f);
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
                anew.add(f);
                if (supplied(task.apply(supplied.get()), data)) {
                    equal.add(f);
                }
                continue;
            }
            c.pair(f).filter(c::sameParameters).ifPresent(p -> {
                boolean stands = known.verdicts().containsKey(f)
                        && anew.stream().noneMatch(g -> c.callers(g).contains(f));
                if (!stands) {
                    progress.accept(f);
                    anew.add(f);
                }
                RootVerdict v =
                        stands ? Objects.requireNonNull(known.verdicts().get(f)) : one.bounded(task.apply(p), data);
                verdicts.put(f, v);
                compared.put(f, v);
                if (v.verdict() instanceof Verdict.Equivalent && c.sameResult(p) && c.enteredAtStart(p)) {
                    equal.add(f);
                }
                if (endsHere(c, p, v)) {
                    settled.add(f);
                }
            });
        }
        c.users(data).stream().sorted().forEach(f -> {
            verdicts.putIfAbsent(f, RootComparison.dataChanged(f, data));
            settled.add(f);
        });
        return summarise(
                c, verdicts, settled, unaffected, lemmas, new Known(lemmas.relations(), compared, one.lowered()));
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
            return RootComparison.dataChanged(name, data);
        }
        String why = !layouts.isEmpty()
                ? LayoutChanges.reason(layouts)
                : c.sameSizes(pair) ? "" : "the versions take or return values of different sizes";
        if (!why.isEmpty()) {
            return new RootVerdict(name, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of());
        }
        return c.affected().contains(name)
                ? one.unbounded(new Task(
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
            RootVerdict v = one.bounded(task, changedData);
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
        FunctionComparison comparison = one.comparison(task.with(limits.withLoops(0)), Set.of());
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
        boolean proven = one.bounded(task, changedData).verdict() instanceof Verdict.Equivalent;
        if (!proven) {
            task.lemmas().drop(f);
        }
        return proven;
    }

    private static int wrongResults(RootVerdict v) {
        return v.findings().stream()
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
        return new Result(c.changed(), c.renamed(), roots, List.of(), Set.of(), Map.of(), Map.of(), Known.NOTHING);
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
                c.sameResult(p) && v.findings().stream().noneMatch(ProgramComparison::onParameters);
            case Verdict.RaceWindow f -> v.findings().stream().noneMatch(ProgramComparison::onParameters);
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
            Lemmas lemmas,
            Known known) {
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
        return new Result(
                c.changed(), c.renamed(), roots, inner, unaffected, lemmas.texts(), undecided(c, verdicts), known);
    }

    private static Map<String, Set<String>> undecided(Correspondence c, Map<String, RootVerdict> verdicts) {
        Map<String, Set<String>> below = new HashMap<>();
        for (String f : c.bottomUp()) {
            Set<String> mine = new TreeSet<>(below.getOrDefault(f, Set.of()));
            RootVerdict v = verdicts.get(f);
            if (v != null && v.undecided()) {
                mine.add(f);
            }
            if (!mine.isEmpty()) {
                c.callers(f)
                        .forEach(g ->
                                below.computeIfAbsent(g, k -> new TreeSet<>()).addAll(mine));
            }
        }
        return below;
    }

    /** Whether a condition speaks of a parameter's value: plain symbols that are no pointers we know. */
    private static boolean onParameters(Finding f) {
        return f.conditions().stream()
                .flatMap(c -> Unknowns.of(c).stream())
                .anyMatch(u -> u instanceof Expr.Sym s
                        && !Set.of("regs", "current", "stack").contains(s.name())
                        && s.name().matches("\\w+( \\(parameter\\))?"));
    }
}
