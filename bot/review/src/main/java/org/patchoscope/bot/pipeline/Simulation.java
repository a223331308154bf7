// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateSources;
import org.patchoscope.bot.pipeline.wording.FindingWriter;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.pipeline.wording.RootWriter;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.ProgramComparison.Result;
import org.patchoscope.semantics.compare.ProgramComparison.Sources;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.environment.FeatureNames;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.layout.CommonLayout;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.solver.EqualitySolver;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.StoppableSolver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;
import org.patchoscope.semantics.work.Limits;

/** Compares what two built states do. */
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
        RootWriter writer(List<PatchHunk> hunks) {
            return new RootWriter(writer, hunks);
        }
    }

    /**
     * What the comparison of two states says.
     *
     * @param roots verdicts
     * @param lemmas functions whose type differs, and how they were compared
     */
    record Outcome(Compared compared, List<Root> roots, Map<String, String> lemmas) {
        Outcome {
            roots = List.copyOf(roots);
            lemmas = new TreeMap<>(lemmas);
        }
    }

    /** Compares. */
    Outcome compare(Built before, Built after, List<PatchHunk> hunks) throws ObjectException {
        Compared compared = compared(before, after, new StateSources(before, after));
        long writing = System.nanoTime();
        RootWriter writer = compared.writer(hunks);
        Map<String, Set<String>> alike = compared.result().alike();
        List<Root> roots = compared.result().roots().stream()
                .map(writer::root)
                .map(r -> r.with(alike.getOrDefault(r.function(), Set.of())))
                .toList();
        stopwatch.since(Stopwatch.Stage.WRITE, writing);
        return new Outcome(compared, roots, compared.result().lemmas());
    }

    private Compared compared(Built before, Built after, Sources sources) throws ObjectException {
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
        FindingWriter writer = new FindingWriter(words, profile.arch(), new Profiles().users());
        return new Compared(x, one, two, compared(x, one, two, sources), writer);
    }

    private Result compared(Exprs x, Side one, Side two, Sources sources) {
        long comparing = System.nanoTime();
        try (Solver solver = new StoppableSolver(
                new SlicingSolver(new RememberingSolver(new EqualitySolver(x, new Z3Solver()))), limits.time())) {
            Result result = new ProgramComparison(profile, x, solver, limits, target.abi(), progress)
                    .compare(one, two, sources);
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
