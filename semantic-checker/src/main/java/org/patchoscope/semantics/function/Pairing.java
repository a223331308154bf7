// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Faults;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.work.Limits;

/**
 * Two compiled versions of a function with their parameters matched by position: a parameter that has another name
 * now is the same input.
 */
record Pairing(CFile.Compiled before, CFile.Compiled after, String function, Target target, Disassembler disassembler) {
    /** Names that the simulator gives to objects of its own; a parameter of that name is another thing. */
    private static final Set<String> TAKEN = Set.of("stack", "current", "regs", "return", "percpu");

    /** A verdict, the programs it is about, and what it leaned on. */
    record Run(RootVerdict verdict, Program before, Program after, Set<OverlapWatch.Pair> overlaps) {
        FunctionDiff.Result.Compared with(RootVerdict other) {
            return new FunctionDiff.Result.Compared(other, before, after);
        }

        FunctionDiff.Result.Unless unless(String overlap, RootVerdict proven, List<Finding> shown) {
            return new FunctionDiff.Result.Unless(overlap, proven, shown, before, after);
        }
    }

    /** The names of the parameters, as conditions show them. */
    List<String> parameters() {
        return prototype(before)
                .map(p -> p.names().stream()
                        .map(n -> TAKEN.contains(n) ? n + "_" : n)
                        .toList())
                .orElse(List.of());
    }

    /** Whether a version asks of a pointer whether it points to anything. */
    boolean testsPointers() {
        return before.ir().testsPointers(function) || after.ir().testsPointers(function);
    }

    /** Parameters that may point to the same object: pointers that are not restricted in both versions. */
    List<String> pointers() {
        List<String> names = parameters();
        List<String> pointers = new ArrayList<>();
        Prototype type = prototype(before).orElseThrow();
        for (int i = 0; i < names.size(); i++) {
            if (type.parameters().get(i).text().endsWith("*") && !restricted().contains(names.get(i))) {
                pointers.add(names.get(i));
            }
        }
        return pointers;
    }

    private Set<String> restricted() {
        Set<String> both = new LinkedHashSet<>(restricted(before));
        both.retainAll(restricted(after));
        return both;
    }

    private Set<String> restricted(CFile.Compiled version) {
        Set<String> own = version.ir().restricted(function);
        List<String> names = prototype(version).map(Prototype::names).orElse(List.of());
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(names.size(), parameters().size()); i++) {
            if (own.contains(names.get(i))) {
                all.add(parameters().get(i));
            }
        }
        return all;
    }

    private Optional<Prototype> prototype(CFile.Compiled version) {
        return Optional.ofNullable(version.debug().prototypes().get(function));
    }

    /** Compares; {@code alias} gives the parameters names, equal ones for what is one and the same value. */
    Run run(Limits limits, UnaryOperator<String> alias) {
        Exprs x = new Exprs();
        OverlapWatch watch = OverlapWatch.watching(restricted());
        Program one = program(before, x, alias);
        Program two = program(after, x, alias);
        try (Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            RootVerdict verdict = new ProgramComparison(neutral(), x, solver, limits, target.abi(), f -> {}, watch)
                    .function(side(one), side(two), function);
            return new Run(verdict, one, two, watch.pairs());
        }
    }

    /** Compares which accesses fault; empty where neither version tests a pointer that it accesses something behind. */
    Optional<Run> faults(Limits limits) {
        Exprs x = new Exprs();
        Faults faults = Faults.watching();
        OverlapWatch watch = OverlapWatch.of(faults);
        Program one = program(before, x, n -> n);
        Program two = program(after, x, n -> n);
        try (Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            ProgramComparison comparison =
                    new ProgramComparison(neutral(), x, solver, limits, target.abi(), f -> {}, watch);
            comparison.function(side(one), side(two), function);
            return faults.ask()
                    ? Optional.of(new Run(comparison.function(side(one), side(two), function), one, two, watch.pairs()))
                    : Optional.empty();
        }
    }

    private static Side side(Program program) {
        return new Side(program, Map.of(), Map.of());
    }

    private Program program(CFile.Compiled version, Exprs x, UnaryOperator<String> alias) {
        DebugInfo debug = version.debug();
        Map<String, Prototype> prototypes = new LinkedHashMap<>(debug.prototypes());
        prototypes.computeIfPresent(
                function, (f, p) -> p.named(parameters().stream().map(alias).toList()));
        return new Program(
                List.of(version.object()),
                new DebugInfo(
                        prototypes,
                        debug.structures(),
                        debug.locals(),
                        debug.callSites(),
                        debug.inlined(),
                        debug.copies()),
                target.lifter(disassembler),
                x);
    }

    /** Both versions' machine code. */
    List<ObjectFile> objects() {
        return List.of(before.object(), after.object());
    }

    /** Nothing is believed of what is called, and no cell is special. */
    ArchProfile neutral() {
        return ArchProfile.bare(target.arch(), new ArchProfile.RegistersOnStack("none.none", "NONE"));
    }
}
