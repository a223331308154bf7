// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.compare.verdict.Group.Turn;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.Path;

/**
 * A pair of paths that one input takes before and after, and that the world can tell apart.
 *
 * @param kind what is told apart
 * @param condition where it happens, as one-bit conditions
 * @param path all that the two paths shown have taken, and what makes the difference
 * @param whole whether the condition is all of the pair's, without more about values
 * @param before the path before
 * @param after the path after
 * @param at index of the first event that differs
 * @param detail which argument or cell, in the expression language; empty where the events differ
 * @param around functions of the source around it
 * @param shared the groups of all differences that it stands for; empty where it stands for itself
 */
public record Difference(
        Kind kind,
        List<Expr> condition,
        List<Expr> path,
        boolean whole,
        Path before,
        Path after,
        int at,
        String detail,
        CallsAround around,
        List<Group> shared) {
    /** A difference of one pair of paths. */
    public Difference(
            Kind kind,
            List<Expr> condition,
            List<Expr> path,
            boolean whole,
            Path before,
            Path after,
            int at,
            String detail,
            CallsAround around) {
        this(kind, condition, path, whole, before, after, at, detail, around, List.of());
    }

    public Difference {
        shared = List.copyOf(shared);
        path = List.copyOf(path);
        condition = List.copyOf(condition);
    }

    /** What differs first. */
    public enum Kind {
        EVENTS,
        ARGUMENTS,
        MEMORY,
        RESULT,
        INTERRUPTS,
        STACK,
        CONTEXT
    }

    /** The same difference for all of {@code wider}, where every difference is of the groups {@code all}. */
    Difference under(List<Expr> wider, List<Group> all) {
        return new Difference(kind, wider, path, whole, before, after, at, detail, around, all);
    }

    /** Differences of one group are told as one finding; this is the one where no other decides. */
    public Group group() {
        return ended(before) && ended(after) ? groups().getFirst() : groups().getLast();
    }

    /**
     * The groups it may be told in: one event may be gone and another new, or one has moved. Of a path that was cut
     * it is not known what it still does: it is told with others of which that is known, or else as what comes first.
     */
    public List<Group> groups() {
        return shared.isEmpty() ? own() : shared;
    }

    private List<Group> own() {
        String left = eventName(before);
        String right = eventName(after);
        if (kind != Kind.EVENTS) {
            return List.of(new Group(Turn.OTHER, kind + ":" + left + ":" + right + ":" + detail));
        }
        long had = count(right, before);
        long has = count(right, after);
        List<Group> all = new ArrayList<>();
        if (has > had) {
            all.add(new Group(Turn.GAINED, right));
        }
        if (count(left, before) > count(left, after)) {
            all.add(new Group(Turn.LOST, left));
        }
        if (!ended(before) || !ended(after)) {
            all.add(has > had ? new Group(Turn.SOONER, right) : new Group(Turn.LATER, left));
        } else if (all.isEmpty()) {
            // What comes next where something else is gone has not moved.
            all.add(
                    has > 0
                            ? new Group(Turn.MOVED, right)
                            : new Group(Turn.OTHER, kind + ":" + left + ":" + right + ":" + detail));
        }
        return List.copyOf(all);
    }

    private static boolean ended(Path p) {
        return p.outcome() instanceof Outcome.Finished;
    }

    private static long count(String name, Path p) {
        long n = 0;
        for (Event e : p.events()) {
            n += e.kind() != Event.Kind.RETURN && e.name().equals(name) ? 1 : 0;
        }
        return n;
    }

    private String eventName(Path p) {
        return at < p.events().size() ? p.events().get(at).name() : "end";
    }
}
