// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.measure.CodeCosts;
import org.patchoscope.bot.pipeline.measure.CodeSizes;
import org.patchoscope.bot.pipeline.measure.EntryExits;
import org.patchoscope.bot.pipeline.measure.PathCosts;
import org.patchoscope.bot.pipeline.measure.StateEvents;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.pipeline.wording.Reasons;
import org.patchoscope.bot.pipeline.wording.RootWriter;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.EntryEvents;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.count.exits.EventOrders;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.TimeIsUp;
import org.patchoscope.semantics.work.Unexpected;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** Compares two built states of one architecture and configuration. */
public final class UnitReviewer {
    private final ArchProfile profile;
    private final Target target;
    private final Disassembler disassembler;
    private final CycleModel cycles;
    private final LoadedObjects loaded;
    private final Stopwatch stopwatch;
    private final Simulation simulation;
    private final Manner manner;

    /** How much is compared. */
    public enum Manner {
        /** All. */
        WHOLE,
        /** All but patches that move members, in a configuration that nobody asked for: the base says of those what can be said. */
        DERIVED,
        /** Nothing; paths and code are measured. */
        MEASURED
    }

    /**
     * A reviewer for the architecture of {@code profile}.
     *
     * @param disassembler one of that architecture
     * @param cycles for it too
     */
    public UnitReviewer(
            ArchProfile profile,
            Disassembler disassembler,
            CycleModel cycles,
            LoadedObjects loaded,
            Limits limits,
            Consumer<String> progress,
            Stopwatch stopwatch) {
        this(profile, disassembler, cycles, loaded, limits, progress, stopwatch, Manner.WHOLE);
    }

    private UnitReviewer(
            ArchProfile profile,
            Disassembler disassembler,
            CycleModel cycles,
            LoadedObjects loaded,
            Limits limits,
            Consumer<String> progress,
            Stopwatch stopwatch,
            Manner manner) {
        this.profile = profile;
        this.target = Target.of(profile.arch());
        this.disassembler = disassembler;
        this.cycles = cycles;
        this.loaded = loaded;
        this.stopwatch = stopwatch;
        this.simulation = new Simulation(profile, target, disassembler, loaded, limits, progress, stopwatch);
        this.manner = manner;
    }

    /** The same in another manner; what is left out is said to be. */
    public UnitReviewer in(Manner another) {
        return new UnitReviewer(
                profile, disassembler, cycles, loaded, simulation.limits(), simulation.progress(), stopwatch, another);
    }

    Manner manner() {
        return manner;
    }

    /**
     * The result for {@code before} against {@code after}; {@code touched} are the patch's own files.
     */
    Unit review(String configuration, Built before, Built after, Set<String> touched, List<PatchHunk> hunks) {
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
                reasons.add(o + " no longer compiles: " + e);
            } else if (concerns(o, touched)) {
                reasons.add(o + " does not compile: " + e);
            }
        });
        if (!reasons.isEmpty()) {
            return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), reasons, notes);
        }
        boolean built = Stream.concat(before.objects().stream(), after.objects().stream())
                .anyMatch(o -> o.sources().stream().anyMatch(touched::contains) || concerns(o.name(), touched));
        if (before.keys().equals(after.keys())) {
            Review.Verdict v = built ? Review.Verdict.EQUIVALENT : Review.Verdict.NOT_BUILT;
            return unit(configuration, v, List.of(), List.of(), List.of(), notes);
        }
        try {
            if (manner == Manner.MEASURED) {
                List<String> why = List.of("what functions do was not asked for");
                return measured(
                        unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), why, notes),
                        before,
                        after);
            }
            return compared(configuration, before, after, hunks, notes);
        } catch (ObjectException e) {
            String why = String.valueOf(e.getMessage());
            return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), List.of(why), notes);
        } catch (TimeIsUp | WorkCancelled e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            String why = Unexpected.sentence(e);
            return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), List.of(why), notes);
        }
    }

    /** What a variation of this reviewer's configuration asks whether it has the same result. */
    BaseResult asBase(Unit unit, Built before, Built after) {
        return new BaseResult(unit, before.compared(), after.compared(), simulation);
    }

    /** The result of {@code base}, if the code that it is of is the same here; what lies around that is measured. */
    Optional<Unit> like(BaseResult base, String configuration, Built before, Built after) {
        try {
            long start = System.nanoTime();
            Optional<Unit> same = manner == Manner.DERIVED
                    ? base.ofDerived(configuration, before.compared(), after.compared(), simulation)
                    : base.of(configuration, before.compared(), after.compared(), simulation);
            stopwatch.since(Stopwatch.Stage.SAME, start);
            return same.isEmpty() ? same : Optional.of(measured(same.get(), before, after));
        } catch (ObjectException e) {
            return Optional.empty(); // the comparison says so
        }
    }

    private Unit measured(Unit unit, Built before, Built after) throws ObjectException {
        Optional<String> late = time().up();
        return late.isPresent()
                ? unit.noting(late.get() + ": what its paths cost was not counted, nor what can be traced looked for")
                : unit.with(paths(before, after)).with(tracing(before, after));
    }

    /** How long it may work. */
    WorkTime time() {
        return simulation.limits().time();
    }

    /** The result of which nothing can be said, and why. */
    Unit notAnalysed(String configuration, String why) {
        return unit(configuration, Review.Verdict.NOT_ANALYSED, List.of(), List.of(), List.of(why), List.of());
    }

    /** {@code unit} with its sizes, assembly counts and ways out. */
    Unit withCodeCosts(Unit unit, CodeCosts.Side before, CodeCosts.Side after) {
        Optional<String> late = time().up();
        return late.isPresent()
                ? unit.noting(late.get() + ": the code was not measured")
                : unit.with(codeCosts(before, after));
    }

    /** The sizes, assembly counts and ways out of two states. */
    private CodeCounts codeCosts(CodeCosts.Side before, CodeCosts.Side after) {
        long start = System.nanoTime();
        try {
            EntryExits exits = new EntryExits(profile, target.abi(), disassembler);
            return CodeCosts.compare(before, after, disassembler, cycles, loaded, assembly -> {
                Exprs x = new Exprs();
                return exits.compare(
                        simulation.side(x, before.built(), after.built()),
                        simulation.side(x, after.built(), before.built()),
                        x,
                        assembly);
            });
        } catch (ObjectException e) {
            return CodeCounts.none(); // the comparison has said so of the same object
        } finally {
            stopwatch.since(Stopwatch.Stage.CODE, start);
        }
    }

    private static boolean concerns(String object, Set<String> touched) {
        String stem = object.substring(0, object.length() - 2);
        return touched.contains(stem + ".c") || touched.contains(stem + ".S");
    }

    private Unit unit(
            String configuration,
            Review.Verdict verdict,
            List<String> changed,
            List<Root> roots,
            List<String> reasons,
            List<String> notes) {
        return Unit.unmeasured(profile.arch(), configuration, verdict, changed, roots, reasons, List.of(), notes);
    }

    private Unit compared(String configuration, Built before, Built after, List<PatchHunk> hunks, List<String> notes)
            throws ObjectException {
        Simulation.Outcome found = simulation.compare(before.compared(), after.compared(), hunks);
        ProgramComparison.Result result = found.compared().result();
        List<String> all = new ArrayList<>(notes);
        found.lemmas().forEach((f, what) -> all.add(f + "() " + what));
        new TreeMap<>(result.renamed()).forEach((a, b) -> all.add(a + "() is now " + b + "(), with the same code"));
        SortedSet<String> described = new TreeSet<>(before.described().keySet());
        described.addAll(after.described().keySet());
        if (!described.isEmpty()) {
            all.add("compared as compiled with plain calls through pointers, of which alone debug information says"
                    + " what they pass: " + String.join(", ", described));
        }
        Exprs x = new Exprs();
        Side one = simulation.side(x, before, after);
        Side two = simulation.side(x, after, before);
        long measuring = System.nanoTime();
        List<Review.Count> counts = new CodeSizes(one.program(), two.program()).of(result.changed());
        stopwatch.since(Stopwatch.Stage.CODE, measuring);
        Unit unit = Unit.unmeasured(
                profile.arch(),
                configuration,
                RootWriter.worst(found.roots()),
                result.changed().stream().sorted().toList(),
                found.roots(),
                Reasons.of(found.roots()),
                counts,
                all);
        return measured(unit, before, after);
    }

    private Review.PathCounts paths(Built before, Built after) throws ObjectException {
        Side one = simulation.side(new Exprs(), before, after);
        Side two = simulation.side(new Exprs(), after, before);
        long start = System.nanoTime();
        Review.PathCounts paths = new PathCosts(profile).compare(one, two);
        stopwatch.since(Stopwatch.Stage.PATHS, start);
        return paths;
    }

    private Review.Tracing tracing(Built before, Built after) throws ObjectException {
        long start = System.nanoTime();
        Review.Tracing tracing = new TracedObjects(
                        o -> loaded.of(o).object(), TracedObjects.lifting(target, disassembler))
                .compare(before, after);
        stopwatch.since(Stopwatch.Stage.TRACING, start);
        return tracing;
    }

    /** What is told instead of events that were not looked for; empty where the profile has no such entry. */
    Optional<StateEvents> noEvents(EntryEvents table, String why) {
        return entry(table).map(e -> StateEvents.notKnown(table, why));
    }

    private Optional<EntryPaths> entry(EntryEvents table) {
        return profile.paths().stream()
                .filter(e -> e.name().equals(table.entry()))
                .findFirst();
    }

    /** What the entry of {@code table} shows in a state; empty where the profile has no such entry. */
    Optional<StateEvents> events(EntryEvents table, Built built) {
        time().check();
        Optional<EntryPaths> entry = entry(table);
        if (entry.isPresent() && !built.failures().isEmpty()) {
            // What is not there would be taken for a call of something else.
            String missing = String.join(", ", new TreeSet<>(built.failures().keySet()));
            return Optional.of(StateEvents.notKnown(table, missing + " does not compile"));
        }
        return entry.map(e -> events(table, built, e));
    }

    private StateEvents events(EntryEvents table, Built built, EntryPaths entry) {
        long start = System.nanoTime();
        try {
            Side side = simulation.side(new Exprs(), built, built);
            EventOrders orders = new EventOrders(side.program(), target, side.macros(), table);
            return StateEvents.of(orders.of(entry), orders);
        } catch (ObjectException e) {
            return StateEvents.notKnown(table, String.valueOf(e.getMessage()));
        } finally {
            stopwatch.since(Stopwatch.Stage.PATHS, start);
        }
    }

    /** Lets go of the objects that were read. */
    void forget() {
        loaded.forget();
    }
}
