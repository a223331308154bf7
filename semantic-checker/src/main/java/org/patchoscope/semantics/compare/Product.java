// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Cell;
import org.patchoscope.semantics.machine.Context;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.machine.PathCondition;
import org.patchoscope.semantics.machine.PathTree;
import org.patchoscope.semantics.solver.Solver;

/** Walks two path trees together: only pairs of paths that one input can take are ever looked at. */
public final class Product {
    /**
     * What the walk found.
     *
     * @param pairs pairs of paths compared
     * @param same conditions of the pairs that agree
     * @param differences the pairs that do not
     * @param open conditions under which nothing is known, neither that they agree nor that they do not
     * @param bounded pairs not followed to their end because of the loop bound
     * @param notAnalysed reasons why nothing may be concluded; empty if everything was compared
     */
    public record Result(
            int pairs,
            List<List<Expr>> same,
            List<Difference> differences,
            List<List<Expr>> open,
            int bounded,
            Set<String> notAnalysed) {
        public Result {
            open = List.copyOf(open);
            same = List.copyOf(same);
            differences = List.copyOf(differences);
            notAnalysed = Set.copyOf(notAnalysed);
        }
    }

    private final Exprs x;
    private final Solver solver;
    private final int limit;
    private final int enough;
    private final long queries;
    private final Boundary boundary;
    private final List<List<Expr>> same = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<List<Expr>> open = new ArrayList<>();
    private final Set<String> notAnalysed = new LinkedHashSet<>();
    private int pairs;
    private int bounded;

    /**
     * @param pairLimit most pairs of paths; more is "not analysed"
     * @param queryLimit most questions to the solver; more is "not analysed"
     * @param boundary how what the functions return is compared
     * @param enough differences after which the walk may stop: then their conditions are not complete
     */
    Product(Exprs x, Solver solver, int pairLimit, int enough, long queryLimit, Boundary boundary) {
        this.boundary = boundary;
        this.queries = solver.queries() + queryLimit;
        this.enough = enough;
        this.x = x;
        this.solver = solver;
        this.limit = pairLimit;
    }

    /** Compares all paths. */
    public Result compare(PathTree before, PathTree after) {
        walk(before, after, new PathCondition(x));
        return new Result(pairs, same, differences, open, bounded, notAnalysed);
    }

    private void walk(PathTree a, PathTree b, PathCondition known) {
        if (differences.size() >= enough) {
            return;
        }
        if (pairs > limit || solver.queries() > queries) {
            notAnalysed.add("more than " + (pairs > limit ? limit + " pairs of paths" : "the limit of solver queries"));
            open.add(known.exprs());
            return;
        }
        switch (a) {
            case PathTree.Decision d -> decide(d, known, (t, k) -> walk(t, b, k));
            case PathTree.Leaf l -> {
                switch (b) {
                    case PathTree.Decision d -> decide(d, known, (t, k) -> walk(a, t, k));
                    case PathTree.Leaf r -> pair(l.path(), r.path(), known);
                }
            }
        }
    }

    private interface Way {
        void go(PathTree subtree, PathCondition known);
    }

    private void decide(PathTree.Decision d, PathCondition known, Way way) {
        Optional<Boolean> looked = known.decide(d.condition());
        if (looked.isPresent()) {
            way.go(looked.get() ? d.whenTrue() : d.whenFalse(), known);
            return;
        }
        boolean yes = feasible(known, d.condition());
        boolean no = !yes || feasible(known, x.not(d.condition()));
        Mark mark = new Mark(differences.size(), same.size(), bounded + notAnalysed.size());
        if (yes) {
            way.go(d.whenTrue(), no ? extended(known, d.condition(), true) : known);
        }
        if (no) {
            way.go(d.whenFalse(), yes ? extended(known, d.condition(), false) : known);
        }
        if (yes && no) {
            merge(mark, known);
        }
    }

    private record Mark(int differences, int same, int other) {}

    /** A decision both of whose ways come to the same is no part of any condition. */
    private void merge(Mark mark, PathCondition known) {
        List<Difference> differing = differences.subList(mark.differences(), differences.size());
        List<List<Expr>> agreeing = same.subList(mark.same(), same.size());
        if (bounded + notAnalysed.size() != mark.other()) {
            return;
        }
        if (differing.isEmpty() && agreeing.size() > 1) {
            agreeing.clear();
            same.add(known.exprs());
        } else if (agreeing.isEmpty() && differing.size() > 1) {
            Difference first = differing.getFirst();
            if (differing.stream().allMatch(d -> d.whole() && d.group().equals(first.group()))) {
                Difference shortest = differing.stream()
                        .min(java.util.Comparator.comparingInt(d -> d.path().size()))
                        .orElse(first);
                List<String> shared = first.groups().stream()
                        .filter(g -> differing.stream().allMatch(d -> d.groups().contains(g)))
                        .toList();
                differing.clear();
                differences.add(shortest.under(known.exprs(), shared));
            }
        }
    }

    private static PathCondition extended(PathCondition known, Expr condition, boolean holds) {
        PathCondition more = known.copy();
        more.add(condition, holds);
        return more;
    }

    private boolean feasible(PathCondition known, Expr extra) {
        return !(solver.check(known.exprs(), extra) instanceof Solver.Answer.Unsatisfiable);
    }

    private void pair(Path p, Path q, PathCondition known) {
        pairs++;
        int before = bounded;
        boolean cut = stopped(p);
        cut |= stopped(q);
        if (cut) {
            bounded = Math.min(bounded, before + 1);
            // What happened before the cut has happened.
            Difference early = bothStarted(p, q) ? firstDifference(p, q, known) : null;
            if (early == null || !certain(early)) {
                open.add(known.exprs());
                return;
            }
            differences.add(early);
            if (!early.whole()) {
                open.add(without(early, known));
            }
            return;
        }
        Difference d = firstDifference(p, q, known);
        if (d != null && !certain(d)) {
            open.add(known.exprs());
            return;
        }
        if (d != null) {
            differences.add(d);
        }
        if (d == null || !d.whole()) {
            same.add(d == null ? known.exprs() : without(d, known));
        }
    }

    private List<Expr> without(Difference d, PathCondition known) {
        List<Expr> agree = new ArrayList<>(known.exprs());
        agree.add(x.not(d.condition().getLast()));
        return List.copyOf(agree);
    }

    /** What differs from a write at an unknown place on may be that write, done in another way or at another time. */
    private boolean certain(Difference d) {
        Optional<Event> write = Stream.of(d.before(), d.after())
                .flatMap(p -> p.events().stream().limit(d.at() + 1L))
                .filter(e -> e.name().equals(Event.INDEXED_WRITE))
                .findFirst();
        write.ifPresent(e -> notAnalysed.add(Event.INDEXED_WRITE + " (at " + e.place() + ")"));
        return write.isEmpty();
    }

    private static boolean bothStarted(Path p, Path q) {
        return !(p.outcome() instanceof Outcome.NotAnalysed) && !(q.outcome() instanceof Outcome.NotAnalysed);
    }

    /** Whether more events may follow those that are known. */
    private static boolean goesOn(Path p) {
        return p.outcome() instanceof Outcome.BoundReached;
    }

    private boolean stopped(Path p) {
        return switch (p.outcome()) {
            case Outcome.Finished f -> false;
            case Outcome.BoundReached b -> {
                bounded++;
                yield true;
            }
            case Outcome.NotAnalysed n -> {
                boolean bound = n.reason().startsWith("more than");
                notAnalysed.add(bound ? n.reason() : n.reason() + " (at " + n.where() + ")");
                yield true;
            }
        };
    }

    private @Nullable Difference firstDifference(Path p, Path q, PathCondition known) {
        int common = Math.min(p.events().size(), q.events().size());
        for (int i = 0; i < common; i++) {
            Event e = p.events().get(i);
            Event f = q.events().get(i);
            if (e.kind() != f.kind()
                    || !e.name().equals(f.name())
                    || e.arguments().size() != f.arguments().size() && !e.name().equals(Event.THROUGH_POINTER)) {
                return new Difference(Difference.Kind.EVENTS, known.exprs(), known.exprs(), true, p, q, i, "");
            }
            Difference inside = inEvent(p, q, i, known);
            if (inside != null) {
                return inside;
            }
        }
        Path shorter = p.events().size() < q.events().size() ? p : q;
        return p.events().size() == q.events().size() || goesOn(shorter)
                ? null
                : new Difference(Difference.Kind.EVENTS, known.exprs(), known.exprs(), true, p, q, common, "");
    }

    private @Nullable Difference inEvent(Path p, Path q, int i, PathCondition known) {
        Event e = p.events().get(i);
        Event f = q.events().get(i);
        // Debug information may name fewer arguments of a call through a pointer on one side.
        int common = Math.min(e.arguments().size(), f.arguments().size());
        for (int k = 0; k < common; k++) {
            boolean result = e.kind() == Event.Kind.RETURN;
            Expr left = e.arguments().get(k);
            Expr right = f.arguments().get(k);
            Expr unequal = result
                    ? unequal(boundary.before().apply(left), boundary.after().apply(right), known)
                    : unequal(left, right, known);
            if (unequal != null) {
                return new Difference(
                        result ? Difference.Kind.RESULT : Difference.Kind.ARGUMENTS,
                        with(known, unequal),
                        with(known, unequal),
                        false,
                        p,
                        q,
                        i,
                        result ? "" : "argument " + (k + 1));
            }
        }
        if (e.kind() != Event.Kind.RETURN && perhapsOther(e, f, common, known)) {
            notAnalysed.add("it is not known which registers are arguments of " + e.name() + ", and one that may be"
                    + " differs (at " + e.place() + ")");
        }
        if (e.kind() == Event.Kind.RETURN && otherRegisters(e, f, known)) {
            notAnalysed.add("it leaves other values in registers, and what its callers use of them is not known (at "
                    + f.place() + ")");
        }
        if (!e.interrupts().equals(f.interrupts())) {
            return new Difference(Difference.Kind.INTERRUPTS, known.exprs(), known.exprs(), true, p, q, i, "");
        }
        Expr otherStack = onOtherStack(e, f, known);
        if (otherStack != null) {
            List<Expr> where = with(known, otherStack);
            return new Difference(Difference.Kind.STACK, where, where, false, p, q, i, "");
        }
        Difference context = inContext(p, q, i, known);
        if (context != null) {
            return context;
        }
        return inMemory(p, q, i, known);
    }

    /** A condition under which an event happens on another stack; null also where one of the two stacks is not known. */
    private @Nullable Expr onOtherStack(Event e, Event f, PathCondition known) {
        boolean both = !(e.stack() instanceof Expr.Const) && !(f.stack() instanceof Expr.Const);
        return both ? unequal(e.stack(), f.stack(), known) : null;
    }

    /** A part of the processor's state that is another at an event. */
    private @Nullable Difference inContext(Path p, Path q, int i, PathCondition known) {
        Map<String, Expr> before = p.events().get(i).context();
        Map<String, Expr> after = q.events().get(i).context();
        Set<String> parts = new LinkedHashSet<>(before.keySet());
        parts.addAll(after.keySet());
        for (String part : parts) {
            Expr one = before.get(part);
            Expr two = after.get(part);
            int width = Objects.requireNonNull(one != null ? one : two).width();
            Expr unequal = unequal(
                    one != null ? one : Context.unchanged(x, part, width),
                    two != null ? two : Context.unchanged(x, part, width),
                    known);
            if (unequal != null) {
                List<Expr> where = with(known, unequal);
                return new Difference(Difference.Kind.CONTEXT, where, where, false, p, q, i, part);
            }
        }
        return null;
    }

    /** Whether a register that may hold an argument of a call through a pointer differs. */
    private boolean perhapsOther(Event e, Event f, int compared, PathCondition known) {
        List<Expr> left = new ArrayList<>(e.arguments());
        left.addAll(e.beyond());
        List<Expr> right = new ArrayList<>(f.arguments());
        right.addAll(f.beyond());
        for (int i = compared; i < Math.min(left.size(), right.size()); i++) {
            if (!isLeftOver(left.get(i))
                    && !isLeftOver(right.get(i))
                    && unequal(left.get(i), right.get(i), known) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether assembly leaves another value in a register that its callers may use. */
    private boolean otherRegisters(Event e, Event f, PathCondition known) {
        for (int i = 0; i < Math.min(e.beyond().size(), f.beyond().size()); i++) {
            if (unequal(e.beyond().get(i), f.beyond().get(i), known) != null) {
                return true;
            }
        }
        return e.beyond().size() != f.beyond().size();
    }

    /** What a call before has left in a register is no argument. */
    private static boolean isLeftOver(Expr e) {
        return e instanceof Expr.Sym s && s.name().startsWith("undefined:");
    }

    private @Nullable Difference inMemory(Path p, Path q, int i, PathCondition known) {
        Map<Cell, Event.Write> m = p.events().get(i).memory();
        Map<Cell, Event.Write> n = q.events().get(i).memory();
        Set<Cell> cells = new LinkedHashSet<>(m.keySet());
        cells.addAll(n.keySet());
        for (Cell c : cells) {
            Event.Write a = m.get(c);
            Event.Write b = n.get(c);
            Expr left = a != null ? a.value() : Objects.requireNonNull(b).original();
            Expr right = b != null ? b.value() : Objects.requireNonNull(a).original();
            Expr unequal = unequal(left, right, known);
            if (unequal != null) {
                String detail = c.base().id() + "+" + c.offset();
                return new Difference(
                        Difference.Kind.MEMORY, with(known, unequal), with(known, unequal), false, p, q, i, detail);
            }
        }
        return null;
    }

    /** A condition under which the two differ, or null if there is none. */
    private @Nullable Expr unequal(Expr a, Expr b, PathCondition known) {
        if (a == b) {
            return null;
        }
        if (a.width() != b.width()) {
            notAnalysed.add("values of " + a.width() + " and " + b.width() + " bits where one is expected");
            return null;
        }
        Expr unequal = x.not(x.eq(a, b));
        return switch (solver.check(known.exprs(), unequal)) {
            case Solver.Answer.Satisfiable s -> unequal;
            case Solver.Answer.Unsatisfiable u -> null;
            case Solver.Answer.Unknown u -> {
                notAnalysed.add("the solver could not decide whether two values are equal");
                yield null;
            }
        };
    }

    private static List<Expr> with(PathCondition known, Expr extra) {
        List<Expr> all = new ArrayList<>(known.exprs());
        all.add(extra);
        return all;
    }
}
