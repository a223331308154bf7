// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.environment.Reading;
import org.patchoscope.semantics.explore.Explorer;
import org.patchoscope.semantics.explore.Limits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.PathTree;
import org.patchoscope.semantics.machine.Program.FunctionRef;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.machine.X86Vectors;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Valuation;

/** Compares one function before and after under one reading. */
final class FunctionComparison {
    private static final int MOST_PAIRS = 60_000;
    private static final int MOST_RACES = 6;
    private static final int TOLD_RACES = 2;

    /** A machine for a side and a reading. */
    interface Machines {
        Machine before(Reading reading);

        Machine after(Reading reading);
    }

    /** A comparison and the notes of the paths it went over. */
    record Compared(Product.Result result, List<Finding> findings, Set<String> problems, Set<String> notes) {}

    private final Exprs x;
    private final Solver solver;
    private final Solver knowing;
    private final Limits limits;
    private final Machines machines;
    private final AssumptionCheck assumptions;
    private final Oddness oddness;
    private final Boundary boundary;
    private final CommonView view;

    /**
     * A comparison.
     *
     * @param solver decides branches while paths are explored
     * @param knowing decides of what the two versions do whether anything can make a difference of it
     */
    FunctionComparison(
            Exprs x,
            Solver solver,
            Solver knowing,
            Limits limits,
            Machines machines,
            AssumptionCheck assumptions,
            Oddness oddness,
            Boundary boundary,
            CommonView view) {
        this.view = view;
        this.boundary = boundary;
        this.oddness = oddness;
        this.x = x;
        this.solver = solver;
        this.knowing = knowing;
        this.limits = limits;
        this.machines = machines;
        this.assumptions = assumptions;
    }

    /** Both path trees, and what walking them together found. */
    record Walk(
            FunctionRef before,
            FunctionRef after,
            Reading reading,
            PathTree left,
            PathTree right,
            Product.Result result) {

        /** Whether a bound left something out. */
        boolean exceeded() {
            return result.notAnalysed().stream().anyMatch(r -> r.startsWith("more than"));
        }

        /** What it leaves open, without the differences that it found. */
        Compared untold() {
            return new Compared(result, List.of(), result.notAnalysed(), Set.of());
        }

        /** Whether a path was cut for going round a loop too often. */
        boolean looped() {
            return Stream.of(left, right)
                    .flatMap(t -> t.paths().stream())
                    .anyMatch(p -> p.outcome() instanceof Outcome.BoundReached);
        }
    }

    /**
     * The differences alone, without telling them. Where one version has too many paths, those that were
     * followed are compared if {@code partly}, else nothing is.
     */
    Walk walk(FunctionRef before, FunctionRef after, Reading reading, boolean partly) {
        PathTree left = explore(machines.before(reading), before);
        Set<String> tooMuch = partly ? Set.of() : exceeded(left);
        PathTree right = tooMuch.isEmpty() ? view.tree(explore(machines.after(reading), after)) : left;
        tooMuch = tooMuch.isEmpty() && !partly ? exceeded(right) : tooMuch;
        if (!tooMuch.isEmpty()) {
            Product.Result nothing = new Product.Result(0, List.of(), List.of(), List.of(), 0, tooMuch);
            return new Walk(before, after, reading, left, right, nothing);
        }
        Product.Result result =
                new Product(x, knowing, MOST_PAIRS, enough(reading), limits.queries(), boundary).compare(left, right);
        return new Walk(before, after, reading, left, right, result);
    }

    private static Set<String> exceeded(PathTree tree) {
        return tree.paths().stream()
                .map(Path::outcome)
                .filter(o -> o instanceof Outcome.NotAnalysed n && n.reason().startsWith("more than"))
                .map(o -> ((Outcome.NotAnalysed) o).reason())
                .collect(Collectors.toSet());
    }

    /** That a race can be seen takes one interleaving; all of them would be noise. */
    private static int enough(Reading reading) {
        return reading == Reading.CONCURRENT ? MOST_RACES : Integer.MAX_VALUE;
    }

    /** The differences of a walk, told as findings. */
    Compared tell(Walk w) {
        Set<String> notes = new LinkedHashSet<>();
        w.left().paths().forEach(p -> notes.addAll(p.notes()));
        w.right().paths().forEach(p -> notes.addAll(p.notes()));
        Set<String> problems = new LinkedHashSet<>(w.result().notAnalysed());
        List<Finding> findings = new ArrayList<>();
        int most = w.reading() == Reading.CONCURRENT ? TOLD_RACES : Integer.MAX_VALUE;
        groups(w.result()).entrySet().stream()
                .limit(most)
                .forEach(g -> finding(w, g.getKey(), g.getValue())
                        .ifPresentOrElse(
                                findings::add,
                                () -> problems.add("a difference could not be reproduced: " + g.getKey())));
        return new Compared(w.result(), List.copyOf(findings), problems, notes);
    }

    /** The paths of any function of one version, whose parameters need no names in common. */
    PathTree paths(boolean before, FunctionRef f) {
        Machine machine = before ? machines.before(Reading.SEQUENTIAL) : machines.after(Reading.SEQUENTIAL);
        return explore(machine, machine.start(f, List.of()));
    }

    private PathTree explore(Machine machine, FunctionRef f) {
        return explore(machine, machine.start(f, boundary.parameters()));
    }

    private PathTree explore(Machine machine, State start) {
        return new Explorer(x, machine, solver, limits, c -> limits.joining() || oddness.applyAsInt(c) > 0)
                .explore(start);
    }

    private static Map<String, List<Difference>> groups(Product.Result result) {
        Set<String> certain = result.differences().stream()
                .map(Difference::groups)
                .filter(g -> g.size() == 1)
                .map(List::getFirst)
                .collect(Collectors.toSet());
        Map<String, List<Difference>> groups = new LinkedHashMap<>();
        for (Difference d : result.differences()) {
            String group =
                    d.groups().stream().filter(certain::contains).findFirst().orElse(d.group());
            groups.computeIfAbsent(group, k -> new ArrayList<>()).add(d);
        }
        return groups;
    }

    private Optional<Finding> finding(Walk w, String group, List<Difference> members) {
        Product.Result result = w.result();
        List<List<Expr>> inside = members.stream().map(Difference::condition).toList();
        boolean race = w.reading() == Reading.CONCURRENT;
        Conditions.Shortest shortest = race
                ? new Conditions.Shortest(List.of(members.getFirst().path()), members.size() - 1)
                : new Conditions(x, knowing, oddness).shortest(inside, outside(result, members));
        Expr xen = x.sym(X86Vectors.XEN_GUEST, 1); // what happens elsewhere too is shown elsewhere
        for (Difference d : race
                ? members.subList(0, 1)
                : members.stream()
                        .sorted(java.util.Comparator.comparing(
                                        (Difference m) -> m.path().contains(xen))
                                .thenComparingInt(m -> m.path().size()))
                        .limit(4)
                        .toList()) {
            Map<Expr, Long> witness = new Witnesses(x, knowing).find(d.path());
            if (reproduces(w, d, witness)) {
                return Optional.of(new Finding(
                        group,
                        d,
                        shortest.cases(),
                        shortest.left(),
                        witness,
                        assumptions.vanishing(inside),
                        members.size()));
            }
        }
        return Optional.empty();
    }

    private static List<List<Expr>> outside(Product.Result result, List<Difference> members) {
        List<List<Expr>> outside = new ArrayList<>(result.same());
        outside.addAll(result.open());
        Set<Difference> told = Collections.newSetFromMap(new IdentityHashMap<>());
        told.addAll(members);
        result.differences().stream().filter(d -> !told.contains(d)).forEach(d -> outside.add(d.condition()));
        return outside;
    }

    private boolean reproduces(Walk w, Difference d, Map<Expr, Long> witness) {
        Valuation values = new Valuation(witness);
        Machine one = machines.before(w.reading());
        Machine two = machines.after(w.reading());
        Replay first = new Replay(one, values, boundary.before(), CommonView.asItIs(x));
        Replay second = new Replay(two, values, boundary.after(), view);
        List<String> left = first.run(one.start(w.before(), boundary.parameters()));
        List<String> right = second.run(two.start(w.after(), boundary.parameters()));
        return !left.isEmpty()
                && !left.equals(right)
                && first.shows(d.before(), left)
                && second.shows(d.after(), right);
    }
}
