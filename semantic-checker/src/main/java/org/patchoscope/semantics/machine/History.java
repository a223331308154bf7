// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.environment.Frame;
import org.patchoscope.semantics.expr.Expr;

/**
 * What may have changed memory on the way to a state, the newest first. Where paths have been joined it branches, so that
 * what a word holds is known by case. Nodes are compared by identity: one node is one moment of one execution.
 */
sealed interface History {
    /** The moment at which the root was entered. */
    enum Start implements History {
        START
    }

    /** Right after an event; {@code arguments} says whether it could also reach local variables of the code. */
    record After(History before, String tag, Frame frame, boolean arguments) implements History {
        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * One of two histories, by a condition of which just one holds on either.
     *
     * @param base the last moment that both have behind them
     */
    record Joined(Expr condition, History whenTrue, History whenFalse, History base) implements History {
        static Joined of(Expr condition, History whenTrue, History whenFalse) {
            return new Joined(condition, whenTrue, whenFalse, whenTrue.shared(whenFalse));
        }

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The last moment before this one that every execution has behind it. */
    default History earlier() {
        return switch (this) {
            case Start s -> s;
            case After a -> a.before();
            case Joined j -> j.base();
        };
    }

    /** The last moment that this and {@code other} have behind them. */
    default History shared(History other) {
        Set<History> mine = new HashSet<>();
        History h = this;
        while (mine.add(h)) {
            h = h.earlier();
        }
        h = other;
        while (!mine.contains(h)) {
            h = h.earlier();
        }
        return h;
    }

    /**
     * What all that has happened between {@code earlier} and this may have changed, as one event named {@code tag}; empty
     * where nothing has happened.
     */
    default Optional<After> since(History earlier, String tag) {
        Set<After> between = new LinkedHashSet<>();
        collect(this, earlier, between, new HashSet<>());
        return between.stream()
                .map(a -> new After(earlier, tag, a.frame(), a.arguments()))
                .reduce((a, b) -> new After(earlier, tag, a.frame().and(b.frame()), a.arguments() || b.arguments()));
    }

    private static void collect(History h, History earlier, Set<After> into, Set<History> seen) {
        History at = h;
        while (at != earlier && seen.add(at)) {
            switch (at) {
                case Start s -> {
                    return;
                }
                case After a -> {
                    into.add(a);
                    at = a.before();
                }
                case Joined j -> {
                    collect(j.whenTrue(), earlier, into, seen);
                    at = j.whenFalse();
                }
            }
        }
    }
}
