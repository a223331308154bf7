// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.compare.match.EntryExitRelation;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.expr.Cases;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.PathCondition;

/** Whether the world can tell two events apart. */
public final class EventComparison {
    private final Exprs x;
    private final Solver solver;
    private final EntryExitRelation boundary;

    public EventComparison(Exprs x, Solver solver, EntryExitRelation boundary) {
        this.x = x;
        this.solver = solver;
        this.boundary = boundary;
    }

    /**
     * How two events differ.
     *
     * @param parting when they do, beyond what is known; the constant true where they always do
     * @param detail which argument or cell; empty where it is the event itself
     */
    public record Unlike(Difference.Kind kind, Expr parting, String detail) {}

    /** The first way in which the events differ on inputs of {@code known}; what cannot be decided goes to {@code open}. */
    public Optional<Unlike> difference(Event e, Event f, PathCondition known, Set<String> open) {
        if (e.kind() != f.kind()
                || !e.name().equals(f.name())
                || e.arguments().size() != f.arguments().size() && !open(e) && !open(f)) {
            return always(Difference.Kind.EVENTS);
        }
        // Debug information may name fewer arguments of such a call on one side.
        int common = Math.min(e.arguments().size(), f.arguments().size());
        boolean result = e.kind() == Event.Kind.RETURN;
        for (int k = 0; k < common; k++) {
            Expr left = e.arguments().get(k);
            Expr right = f.arguments().get(k);
            Expr unequal = result
                    ? unequal(boundary.before().apply(left), boundary.after().apply(right), known, open)
                    : unequal(left, right, known, open);
            if (unequal != null) {
                return Optional.of(
                        result
                                ? new Unlike(Difference.Kind.RESULT, unequal, "")
                                : new Unlike(Difference.Kind.ARGUMENTS, unequal, "argument " + (k + 1)));
            }
        }
        if (!result && perhapsOther(e, f, common, known, open)) {
            open.add("it is not known which registers are arguments of " + e.name()
                    + ", and one that may be differs (at " + e.place() + ")");
        }
        if (result && otherRegisters(e, f, known, open)) {
            open.add("it leaves other values in registers, and what its callers use of them is not known (at "
                    + f.place() + ")");
        }
        return context(e, f, known, open).or(() -> memory(e, f, known, open));
    }

    /** Whether it is not known of a call how many arguments it is given. */
    private static boolean open(Event e) {
        return e.name().equals(Event.THROUGH_POINTER)
                || e.kind() == Event.Kind.CALL && !e.beyond().isEmpty();
    }

    private Optional<Unlike> always(Difference.Kind kind) {
        return Optional.of(new Unlike(kind, x.yes(), ""));
    }

    /** How the state of the processor differs at the events. */
    private Optional<Unlike> context(Event e, Event f, PathCondition known, Set<String> open) {
        boolean said = !e.interrupts().equals("entry") && !f.interrupts().equals("entry"); // else the flags say it
        if (said && !e.interrupts().equals(f.interrupts())) {
            return Optional.of(new Unlike(Difference.Kind.INTERRUPTS, x.yes(), ""));
        }
        // A stack pointer that is computed may be how a compiler aligns it.
        boolean both = !(e.stack() instanceof Expr.Const) && !(f.stack() instanceof Expr.Const);
        Expr other = both ? unequal(e.stack(), f.stack(), known, open) : null;
        return Optional.ofNullable(other)
                .map(u -> new Unlike(Difference.Kind.STACK, u, ""))
                .or(() -> processor(e, f, known, open));
    }

    /** A part of the processor's state that is another at an event. */
    private Optional<Unlike> processor(Event e, Event f, PathCondition known, Set<String> open) {
        Set<String> parts = new LinkedHashSet<>(e.context().keySet());
        parts.addAll(f.context().keySet());
        for (String part : parts) {
            Expr one = e.context().get(part);
            Expr two = f.context().get(part);
            int width = Objects.requireNonNull(one != null ? one : two).width();
            Expr unequal = unequal(
                    one != null ? one : Context.unchanged(x, part, width),
                    two != null ? two : Context.unchanged(x, part, width),
                    known,
                    open);
            if (unequal != null) {
                return Optional.of(new Unlike(Difference.Kind.CONTEXT, unequal, part));
            }
        }
        return Optional.empty();
    }

    /** Whether a register that may hold an argument of a call through a pointer differs. */
    private boolean perhapsOther(Event e, Event f, int compared, PathCondition known, Set<String> open) {
        List<Expr> left = new ArrayList<>(e.arguments());
        left.addAll(e.beyond());
        List<Expr> right = new ArrayList<>(f.arguments());
        right.addAll(f.beyond());
        for (int i = compared; i < Math.min(left.size(), right.size()); i++) {
            if (!isLeftOver(left.get(i))
                    && !isLeftOver(right.get(i))
                    && unequal(left.get(i), right.get(i), known, open) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether assembly leaves another value in a register that its callers may use. */
    private boolean otherRegisters(Event e, Event f, PathCondition known, Set<String> open) {
        for (int i = 0; i < Math.min(e.beyond().size(), f.beyond().size()); i++) {
            if (unequal(e.beyond().get(i), f.beyond().get(i), known, open) != null) {
                return true;
            }
        }
        return e.beyond().size() != f.beyond().size();
    }

    /** What a call before has left in a register, on whatever path, is no argument. */
    private static boolean isLeftOver(Expr e) {
        return Cases.of(e).stream()
                .allMatch(c -> c instanceof Expr.Sym s && s.name().startsWith("undefined:"));
    }

    private Optional<Unlike> memory(Event e, Event f, PathCondition known, Set<String> open) {
        Map<Cell, Event.Write> m = e.memory();
        Map<Cell, Event.Write> n = f.memory();
        Set<Cell> cells = new LinkedHashSet<>(m.keySet());
        cells.addAll(n.keySet());
        for (Cell c : cells) {
            Event.Write a = m.get(c);
            Event.Write b = n.get(c);
            Expr left = a != null ? a.value() : Objects.requireNonNull(b).original();
            Expr right = b != null ? b.value() : Objects.requireNonNull(a).original();
            Expr unequal = unequal(left, right, known, open);
            if (unequal != null) {
                String detail = c.base().id() + "+" + c.offset();
                return Optional.of(new Unlike(Difference.Kind.MEMORY, unequal, detail));
            }
        }
        return Optional.empty();
    }

    /** A condition under which the two differ, or null if there is none. */
    private @Nullable Expr unequal(Expr a, Expr b, PathCondition known, Set<String> open) {
        if (a == b) {
            return null;
        }
        if (a.width() != b.width()) {
            open.add("values of " + a.width() + " and " + b.width() + " bits where one is expected");
            return null;
        }
        Expr unequal = x.not(x.eq(a, b));
        return switch (solver.check(known.exprs(), unequal)) {
            case Solver.Answer.Satisfiable s -> unequal;
            case Solver.Answer.Unsatisfiable u -> null;
            case Solver.Answer.Unknown u -> {
                open.add("the solver could not decide whether two values are equal");
                yield null;
            }
        };
    }
}
