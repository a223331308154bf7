// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Path;

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
 */
public record Difference(
        Kind kind,
        List<Expr> condition,
        List<Expr> path,
        boolean whole,
        Path before,
        Path after,
        int at,
        String detail) {
    public Difference {
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
        STACK
    }

    /** The same difference for all of {@code wider}. */
    Difference under(List<Expr> wider) {
        return new Difference(kind, wider, path, whole, before, after, at, detail);
    }

    /** Differences of one group are told as one finding. */
    public String group() {
        return groups().getFirst();
    }

    /** The groups it may be told in: an event may have moved, one may be gone and another new. */
    public List<String> groups() {
        String left = eventName(before);
        String right = eventName(after);
        List<String> all = new ArrayList<>();
        if (kind == Kind.EVENTS && count(right, after) > 0 && count(right, after) == count(right, before)) {
            all.add("moved:" + right);
        }
        if (kind == Kind.EVENTS && count(right, after) > count(right, before)) {
            all.add("gained:" + right);
        }
        if (kind == Kind.EVENTS && count(left, before) > count(left, after)) {
            all.add("lost:" + left);
        }
        return all.isEmpty() ? List.of(kind + ":" + left + ":" + right + ":" + detail) : List.copyOf(all);
    }

    private static long count(String name, Path p) {
        return p.events().stream()
                .filter(e -> e.kind() != Event.Kind.RETURN && e.name().equals(name))
                .count();
    }

    private String eventName(Path p) {
        return at < p.events().size() ? p.events().get(at).name() : "end";
    }
}
