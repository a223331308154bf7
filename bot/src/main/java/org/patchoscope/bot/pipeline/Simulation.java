// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.pipeline.StateBuilder.BuiltObject;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.Known;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.ProgramComparison.Result;
import org.patchoscope.semantics.compare.ProgramComparison.Side;
import org.patchoscope.semantics.compare.ProgramComparison.Sources;
import org.patchoscope.semantics.environment.CommonLayout;
import org.patchoscope.semantics.environment.FeatureNames;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.solver.EqualitySolver;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.StoppableSolver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;
import org.patchoscope.semantics.work.TimeIsUp;

/** Compares what two built states do: the kernel's own objects, and where these have too many paths a closer look. */
record Simulation(
        ArchProfile profile,
        Target target,
        Disassembler disassembler,
        LoadedObjects loaded,
        Limits limits,
        Consumer<String> progress,
        Stopwatch stopwatch) {

    /** One comparison, with its programs and their words. */
    record Compared(Exprs x, Side before, Side after, Result result, FindingWriter writer) {
        RootWriter writer(List<List<String>> hunks) {
            return new RootWriter(writer, hunks);
        }
    }

    /**
     * What the comparisons of two states say together.
     *
     * @param shipped the comparison of the kernel's own objects
     * @param roots verdicts, those of the closer look first
     * @param closely functions whose verdict is the closer look's
     * @param lemmas functions whose type differs, and how they were compared
     */
    record Outcome(Compared shipped, List<Root> roots, List<String> closely, Map<String, String> lemmas) {
        Outcome {
            roots = List.copyOf(roots);
            closely = List.copyOf(closely);
            lemmas = new TreeMap<>(lemmas);
        }
    }

    /** A second comparison, of functions compiled by themselves, and what it says together with the first. */
    private record Closer(Compared apart, CloserLook.Combined both) {}

    /** Compares; {@code closer} compiles both once more where functions have too many paths. */
    Outcome compare(Built before, Built after, List<List<String>> hunks, CloserLook.Builder closer)
            throws ObjectException {
        Sources sources = new StateSources(before, after);
        Compared first = compared(before, after, limits.hastily(), sources);
        Looks looks = CloserLook.wanted(first.result())
                ? inTime(first, () -> again(first, before, after, closer, sources))
                : new Looks(first, Optional.empty());
        long writing = System.nanoTime();
        Outcome written = written(looks.shipped(), looks.closely(), hunks);
        stopwatch.since(Stopwatch.Stage.WRITE, writing);
        return written;
    }

    /** The comparison of the kernel's own objects that counts, and the one of functions compiled by themselves. */
    private record Looks(Compared shipped, Optional<Closer> closely) {}

    /** A second look that is made or given up. */
    private interface SecondLook {
        Looks make() throws ObjectException;
    }

    /** A second look; where there is no time for all of it what the first has found stays as it is. */
    private Looks inTime(Compared first, SecondLook second) throws ObjectException {
        try {
            Looks both = second.make();
            limits.time().check();
            return both;
        } catch (TimeIsUp e) {
            return new Looks(first, Optional.empty());
        }
    }

    private Looks again(Compared first, Built before, Built after, CloserLook.Builder closer, Sources sources)
            throws ObjectException {
        limits.time().check();
        Optional<Compared> second = apart(before, after, closer, sources);
        if (second.isEmpty()) {
            Known known = first.result().known().firm(Map.of(), Set.of());
            return new Looks(patiently(first, known, sources), Optional.empty());
        }
        Compared shipped = first;
        Compared apart = second.get();
        CloserLook.Combined both = CloserLook.combine(shipped.result(), apart.result());
        if (!both.complete()) {
            Known known = shipped.result().known().firm(apart.result().known().relations(), both.answered());
            shipped = patiently(shipped, known, sources);
            both = CloserLook.combine(shipped.result(), apart.result());
        }
        return new Looks(shipped, Optional.of(new Closer(apart, both)));
    }

    private static Outcome written(Compared shipped, Optional<Closer> closer, List<List<String>> hunks) {
        List<Root> roots = new ArrayList<>();
        closer.ifPresent(c -> roots.addAll(
                written(c.both(), c.apart().result().bounds(), c.apart().writer(hunks))));
        List<String> closely = roots.stream().map(Root::function).toList();
        Map<String, String> lemmas = new TreeMap<>();
        if (!closely.isEmpty()) {
            closer.ifPresent(c -> lemmas.putAll(c.apart().result().lemmas()));
        }
        shipped.result().lemmas().forEach(lemmas::putIfAbsent);
        Set<String> done = Set.copyOf(closely);
        RootWriter writer = shipped.writer(hunks);
        shipped.result().roots().stream().filter(r -> !done.contains(r.root())).forEach(r -> roots.add(writer.root(r)));
        Map<String, Set<String>> alike = shipped.result().alike();
        roots.replaceAll(r -> r.with(alike.getOrDefault(r.function(), Set.of())));
        return new Outcome(shipped, roots, closely, lemmas);
    }

    private static List<Root> written(CloserLook.Combined both, Map<String, Integer> bounds, RootWriter writer) {
        return Stream.concat(
                        both.replaced().stream().map(writer::root),
                        both.settled().stream()
                                .sorted()
                                .map(f -> RootWriter.settled(f, bound(bounds, f), both.leansOn())))
                .toList();
    }

    private static OptionalInt bound(Map<String, Integer> bounds, String function) {
        return bounds.get(function) instanceof Integer n ? OptionalInt.of(n) : OptionalInt.empty();
    }

    private Optional<Compared> apart(Built before, Built after, CloserLook.Builder closer, Sources sources)
            throws ObjectException {
        long start = System.nanoTime();
        CloserLook.Pair apart = closer.apart(differing(before, after));
        stopwatch.since(Stopwatch.Stage.APART, start);
        boolean compiled = apart.before().failures().equals(before.failures())
                && apart.after().failures().equals(after.failures());
        return compiled
                ? Optional.of(compared(apart.before(), apart.after(), limits.wholly(), sources))
                : Optional.empty();
    }

    /** The objects that are not the same in both states. */
    private static Set<String> differing(Built before, Built after) {
        Map<String, String> old = before.keys();
        return after.objects().stream()
                .filter(o -> !o.key().equals(old.get(o.name())))
                .map(BuiltObject::name)
                .collect(Collectors.toSet());
    }

    private Compared compared(Built before, Built after, Limits within, Sources sources) throws ObjectException {
        Exprs x = new Exprs();
        Side one = side(x, before, after);
        Side two = side(x, after, before);
        Map<String, Long> macros = new TreeMap<>(after.macros());
        macros.putAll(before.macros());
        Words words = new Words(
                profile,
                new Layout(new CommonLayout(one.program().debug(), two.program().debug()).debug()),
                macros,
                x);
        FindingWriter writer = new FindingWriter(words, profile.arch());
        return new Compared(x, one, two, compared(x, one, two, within, Known.NOTHING, sources), writer);
    }

    /** The same again, with more patience, but for what is {@code known}. */
    private Compared patiently(Compared first, Known known, Sources sources) {
        Result result = compared(first.x(), first.before(), first.after(), limits, known, sources);
        return new Compared(first.x(), first.before(), first.after(), result, first.writer());
    }

    private Result compared(Exprs x, Side one, Side two, Limits within, Known known, Sources sources) {
        long comparing = System.nanoTime();
        try (Solver solver = new StoppableSolver(
                new SlicingSolver(new RememberingSolver(new EqualitySolver(x, new Z3Solver()))), within.time())) {
            Result result = new ProgramComparison(profile, x, solver, within, target.abi(), progress)
                    .compare(one, two, known, sources);
            stopwatch.since(Stopwatch.Stage.COMPARE, comparing);
            return result;
        }
    }

    /** A state's program, with expressions of {@code x} and the names that it and {@code other} have for features. */
    Side side(Exprs x, Built built, Built other) throws ObjectException {
        long start = System.nanoTime();
        LoadedObjects.LoadedState state = loaded.of(built);
        stopwatch.since(Stopwatch.Stage.LOAD, start);
        Program program = new Program(state.objects(), state.debug(), target.lifter(disassembler), x);
        return new Side(program, built.macros(), FeatureNames.of(built.macros(), other.macros()));
    }
}
