// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.pipeline.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.Verdict;
import org.patchoscope.semantics.environment.FeatureNames;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;

/** Compares two built states of one architecture and configuration. */
public final class UnitReviewer {
    private final ArchProfile profile;
    private final Target target;
    private final Disassembler disassembler;
    private final LoadedObjects loaded;
    private final Limits limits;
    private final Consumer<String> progress;
    private final Stopwatch stopwatch;

    /**
     * A reviewer for the architecture of {@code profile}.
     *
     * @param disassembler one of that architecture
     */
    public UnitReviewer(
            ArchProfile profile,
            Disassembler disassembler,
            LoadedObjects loaded,
            Limits limits,
            Consumer<String> progress,
            Stopwatch stopwatch) {
        this.profile = profile;
        this.target = Target.of(profile.arch());
        this.disassembler = disassembler;
        this.loaded = loaded;
        this.limits = limits;
        this.progress = progress;
        this.stopwatch = stopwatch;
    }

    /**
     * The result for {@code before} against {@code after}; {@code touched} are the patch's own files.
     *
     * @param closer compiles both once more where functions have too many paths
     */
    Unit review(
            String configuration,
            Built before,
            Built after,
            Set<String> touched,
            List<List<String>> hunks,
            CloserLook.Builder closer) {
        List<String> notes = new ArrayList<>(after.notes());
        notes.removeAll(before.notes());
        after.leftOut().forEach((o, why) -> {
            if (concerns(o, touched)) {
                notes.add(o + " is not part of the kernel in this configuration: " + why);
            }
        });
        List<String> reasons = new ArrayList<>();
        after.failures().forEach((o, e) -> {
            if (!before.failures().containsKey(o)) {
                reasons.add(o + " does not compile with the patch: " + e);
            } else if (concerns(o, touched)) {
                reasons.add(o + " does not compile: " + e);
            }
        });
        if (!reasons.isEmpty()) {
            return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), reasons, notes);
        }
        boolean built = java.util.stream.Stream.concat(before.objects().stream(), after.objects().stream())
                .anyMatch(o -> o.sources().stream().anyMatch(touched::contains) || concerns(o.name(), touched));
        if (keys(before).equals(keys(after))) {
            Review.Verdict v = built ? Review.Verdict.EQUIVALENT : Review.Verdict.NOT_BUILT;
            return unit(configuration, v, List.of(), List.of(), List.of(), notes);
        }
        try {
            return compare(configuration, before, after, hunks, notes, closer);
        } catch (ObjectException e) {
            String why = String.valueOf(e.getMessage());
            return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), List.of(why), notes);
        }
    }

    /** The sizes, assembly counts and ways out of two states. */
    CodeCounts codeCosts(CodeCosts.Side before, CodeCosts.Side after) {
        try {
            EntryExits exits = new EntryExits(profile, target.abi(), disassembler);
            return CodeCosts.compare(before, after, disassembler, loaded, assembly -> {
                Exprs x = new Exprs();
                return exits.compare(
                        side(x, before.built(), after.built()), side(x, after.built(), before.built()), x, assembly);
            });
        } catch (ObjectException e) {
            return CodeCounts.none(); // the comparison has said so of the same object
        }
    }

    /** What the simulator sees of a state; equal keys mean equal results. */
    String codeKey(Built built) throws ObjectException {
        long start = System.nanoTime();
        String key = loaded.codeKey(built);
        stopwatch.since(Stopwatch.Stage.LOAD, start);
        return key;
    }

    private static boolean concerns(String object, Set<String> touched) {
        String stem = object.substring(0, object.length() - 2);
        return touched.contains(stem + ".c") || touched.contains(stem + ".S");
    }

    private static Map<String, String> keys(Built b) {
        Map<String, String> keys = new TreeMap<>();
        b.objects().forEach(o -> keys.put(o.name(), o.key()));
        return keys;
    }

    private Unit unit(
            String configuration,
            Review.Verdict verdict,
            List<String> changed,
            List<Root> roots,
            List<String> reasons,
            List<String> notes) {
        return new Unit(profile.arch(), configuration, verdict, changed, roots, reasons, List.of(), notes);
    }

    private Unit compare(
            String configuration,
            Built before,
            Built after,
            List<List<String>> hunks,
            List<String> notes,
            CloserLook.Builder closer)
            throws ObjectException {
        Compared shipped = compared(before, after, limits.hastily(), Map.of());
        List<String> all = new ArrayList<>(notes);
        List<Root> roots = new ArrayList<>();
        Map<String, String> lemmas = new TreeMap<>(shipped.result().lemmas());
        if (CloserLook.wanted(shipped.result())) {
            Optional<Compared> apart = apart(before, after, closer);
            if (apart.isEmpty()
                    || !CloserLook.combine(shipped.result(), apart.get().result())
                            .complete()) {
                Map<String, ResultRelation> known =
                        apart.map(a -> a.result().relations()).orElse(Map.of());
                shipped = compared(before, after, limits, known);
            }
            if (apart.isPresent()) {
                CloserLook.Combined both =
                        CloserLook.combine(shipped.result(), apart.get().result());
                both.replaced().forEach(r -> roots.add(root(r, apart.get().writer(), hunks)));
                both.settled().forEach(f -> roots.add(equivalent(f)));
                if (!roots.isEmpty()) {
                    all.add("compared with every function compiled by itself, for the many paths: "
                            + roots.stream()
                                    .map(r -> r.function() + "()")
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
                    lemmas.putAll(apart.get().result().lemmas());
                }
            }
        }
        Set<String> closely = roots.stream().map(Root::function).collect(Collectors.toSet());
        ProgramComparison.Result result = shipped.result();
        FindingWriter writer = shipped.writer();
        result.roots().stream()
                .filter(r -> !closely.contains(r.root()))
                .forEach(r -> roots.add(root(r, writer, hunks)));
        List<String> changed = new TreeSet<>(result.changed()).stream().toList();
        List<Review.Count> counts =
                new CodeSizes(shipped.before().program(), shipped.after().program()).of(result.changed());
        lemmas.forEach((f, what) -> all.add(f + "() " + what));
        new TreeMap<>(result.renamed()).forEach((a, b) -> all.add(a + "() is now " + b + "(), with the same code"));
        List<String> reasons = Reasons.of(roots);
        Review.PathCounts paths =
                new PathCosts(profile).compare(side(new Exprs(), before, after), side(new Exprs(), after, before));
        return new Unit(profile.arch(), configuration, worst(roots), changed, roots, reasons, counts, all, paths)
                .with(new TracedObjects(o -> loaded.of(o).object()).compare(before, after));
    }

    private Optional<Compared> apart(Built before, Built after, CloserLook.Builder closer) throws ObjectException {
        CloserLook.Pair apart = closer.apart(differing(before, after));
        boolean compiled = apart.before().failures().equals(before.failures())
                && apart.after().failures().equals(after.failures());
        return compiled ? Optional.of(compared(apart.before(), apart.after(), limits, Map.of())) : Optional.empty();
    }

    private static Root equivalent(String function) {
        return new Root(function, Review.Verdict.EQUIVALENT, 0, 0, List.of(), List.of(), List.of());
    }

    /** The objects that are not the same in both states. */
    private static Set<String> differing(Built before, Built after) {
        Map<String, String> old = keys(before);
        return after.objects().stream()
                .filter(o -> !o.key().equals(old.get(o.name())))
                .map(BuiltObject::name)
                .collect(Collectors.toSet());
    }

    private record Compared(
            ProgramComparison.Side before,
            ProgramComparison.Side after,
            ProgramComparison.Result result,
            FindingWriter writer) {}

    private Compared compared(Built before, Built after, Limits within, Map<String, ResultRelation> known)
            throws ObjectException {
        long start = System.nanoTime();
        Exprs x = new Exprs();
        ProgramComparison.Side one = side(x, before, after);
        ProgramComparison.Side two = side(x, after, before);
        Map<String, Long> macros = new TreeMap<>(after.macros());
        macros.putAll(before.macros());
        Words words = new Words(
                profile, new Layout(one.program().debug().and(two.program().debug())), macros, x);
        stopwatch.since(Stopwatch.Stage.LOAD, start);
        long comparing = System.nanoTime();
        try (Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            ProgramComparison.Result result =
                    new ProgramComparison(profile, x, solver, within, target.abi(), progress).compare(one, two, known);
            stopwatch.since(Stopwatch.Stage.COMPARE, comparing);
            return new Compared(one, two, result, new FindingWriter(words, profile.arch()));
        }
    }

    static Review.Verdict worst(List<Root> roots) {
        List<Review.Verdict> order =
                List.of(Review.Verdict.CHANGED, Review.Verdict.NOT_ANALYSED, Review.Verdict.RACE_WINDOW);
        return order.stream()
                .filter(v -> roots.stream().anyMatch(r -> r.verdict() == v))
                .findFirst()
                .orElse(Review.Verdict.EQUIVALENT);
    }

    private ProgramComparison.Side side(Exprs x, Built built, Built other) throws ObjectException {
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        for (BuiltObject o : built.objects()) {
            LoadedObjects.Loaded l = loaded.of(o);
            objects.add(l.object());
            debug = debug.and(l.debug());
        }
        Program program = new Program(objects, debug, target.lifter(disassembler), x);
        return new ProgramComparison.Side(program, built.macros(), FeatureNames.of(built.macros(), other.macros()));
    }

    static Root root(ProgramComparison.RootVerdict r, FindingWriter writer, List<List<String>> hunks) {
        Set<String> leans = new LinkedHashSet<>(new TreeSet<>(r.notes()));
        List<String> on = List.copyOf(leans);
        List<String> unfinished = r.unfinished().stream().sorted().toList();
        return switch (r.verdict()) {
            case Verdict.Equivalent e ->
                new Root(r.root(), Review.Verdict.EQUIVALENT, e.pairs(), e.bounded(), List.of(), List.of(), on);
            case Verdict.NotAnalysed n ->
                new Root(
                        r.root(),
                        Review.Verdict.NOT_ANALYSED,
                        0,
                        0,
                        List.of(),
                        n.reasons().stream().sorted().toList(),
                        on);
            case Verdict.Changed c ->
                told(r.root(), Review.Verdict.CHANGED, c.findings(), writer, hunks, unfinished, on);
            case Verdict.RaceWindow c ->
                told(r.root(), Review.Verdict.RACE_WINDOW, c.findings(), writer, hunks, unfinished, on);
        };
    }

    private static Root told(
            String root,
            Review.Verdict verdict,
            List<Finding> findings,
            FindingWriter writer,
            List<List<String>> hunks,
            List<String> unfinished,
            List<String> on) {
        return new Root(
                root,
                verdict,
                findings.stream().mapToInt(Finding::pairs).sum(),
                0,
                findings.stream()
                        .map(f -> writer.write(f, verdict, root, hunks))
                        .toList(),
                unfinished,
                on);
    }
}
