// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Generalisation;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Rank;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.trace.PathCondition;
import org.patchoscope.semantics.trace.PlaceOfEvent;

/** A state of each version that the same inputs come to, with the same events behind them. */
final class StatePair {
    /** A version. */
    enum Side {
        LEFT,
        RIGHT
    }

    /** Where a pair waits for others; what is at the same places as far on its way can be joined. */
    record Key(
            Rank leftRank, Rank rightRank, PlaceOfEvent left, PlaceOfEvent right, boolean leftEnded, boolean rightEnded)
            implements Comparable<Key> {
        @Override
        public int compareTo(Key o) {
            int c = leftRank.compareTo(o.leftRank);
            return c != 0 ? c : rightRank.compareTo(o.rightRank);
        }
    }

    /** A pair of places. */
    record Spot(PlaceOfEvent left, PlaceOfEvent right, boolean leftEnded, boolean rightEnded) {}

    private final Machine leftMachine;
    private final Machine rightMachine;
    State left;
    State right;
    PathCondition known;
    Trail trail;
    boolean leftEnded;
    boolean rightEnded;

    /** The side that is between two cut points. */
    @Nullable
    Side continuing;

    /** Whether the new version has to do what the old one has just done. */
    boolean rightOwes;

    /** Where it came from, as far as loops are concerned. */
    OneSidedLoops.Since since = OneSidedLoops.Since.START;

    /** Conditions of branches that the old version has left behind and the new one is to leave behind too. */
    Set<Expr> want = Set.of();

    /** Where both were when they were last taken up. */
    Spot origin;

    /** Where something was written that is not known; empty if nowhere. */
    String written = "";

    StatePair(Machine leftMachine, Machine rightMachine, State left, State right, PathCondition known, Trail trail) {
        this.leftMachine = leftMachine;
        this.rightMachine = rightMachine;
        this.left = left;
        this.right = right;
        this.known = known;
        this.trail = trail;
        this.origin = spot();
    }

    /** A pair that goes its own way from here. */
    StatePair fork() {
        StatePair p = new StatePair(leftMachine, rightMachine, left.fork(), right.fork(), known.copy(), trail);
        p.leftEnded = leftEnded;
        p.rightEnded = rightEnded;
        p.continuing = continuing;
        p.rightOwes = rightOwes;
        p.want = want;
        p.written = written;
        p.origin = origin;
        p.since = since;
        return p;
    }

    State state(Side side) {
        return side == Side.LEFT ? left : right;
    }

    Machine machine(Side side) {
        return side == Side.LEFT ? leftMachine : rightMachine;
    }

    boolean ended(Side side) {
        return side == Side.LEFT ? leftEnded : rightEnded;
    }

    void end(Side side) {
        if (side == Side.LEFT) {
            leftEnded = true;
        } else {
            rightEnded = true;
        }
    }

    /** The same whatever turn of a loop it is in. */
    Spot spot() {
        return new Spot(leftMachine.place(left), rightMachine.place(right), leftEnded, rightEnded);
    }

    Key key() {
        return new Key(
                leftMachine.rank(left),
                rightMachine.rank(right),
                leftMachine.place(left),
                rightMachine.place(right),
                leftEnded,
                rightEnded);
    }

    /** Both as one pair, if they differ in nothing but values; {@code always} is that of {@link PathCondition#or}. */
    Optional<StatePair> join(StatePair other, BiPredicate<PathCondition, Expr> always) {
        if (!joinable(other)) {
            return Optional.empty();
        }
        PathCondition.Joined both = known.or(other.known, always);
        Optional<State> a = left == other.left ? Optional.of(left) : leftMachine.join(left, other.left, both.first());
        Optional<State> b = a.flatMap(s -> rightMachine.join(right, other.right, both.first()));
        if (b.isEmpty()) {
            return Optional.empty();
        }
        Trail.Joined met = new Trail.Joined(
                both.first(),
                new Trail.Arm(trail, left.sinceJoin(), right.sinceJoin()),
                new Trail.Arm(other.trail, other.left.sinceJoin(), other.right.sinceJoin()),
                leftMachine.place(left),
                rightMachine.place(right),
                a.get().occurrences(),
                b.get().occurrences());
        StatePair p = with(other, a.get(), b.get(), both.condition(), met);
        p.left.joined(met.leftNumbers());
        p.right.joined(met.rightNumbers());
        return Optional.of(p);
    }

    /** What both have in common, if they differ in nothing but values. */
    Optional<StatePair> generalise(StatePair other, Generalisation g) {
        if (!joinable(other)) {
            return Optional.empty();
        }
        leftMachine.wholeWords(left, other.left, g);
        rightMachine.wholeWords(right, other.right, g);
        Optional<State> a = leftMachine.generalise(left, other.left, g);
        Optional<State> b = a.flatMap(s -> rightMachine.generalise(right, other.right, g));
        return b.map(r -> {
            PathCondition common = known.common(other.known);
            if (common.size() < known.size()) {
                g.forget();
            }
            return with(other, a.get(), r, common, trail);
        });
    }

    private boolean joinable(StatePair other) {
        return continuing == null
                && other.continuing == null
                && rightOwes == other.rightOwes
                && written.equals(other.written);
    }

    private StatePair with(StatePair other, State a, State b, PathCondition both, Trail way) {
        StatePair p = new StatePair(leftMachine, rightMachine, a, b, both, way);
        p.leftEnded = leftEnded;
        p.rightEnded = rightEnded;
        p.rightOwes = rightOwes;
        p.want = want.isEmpty() || other.want.isEmpty() ? Set.of() : union(want, other.want);
        p.written = written;
        p.since = since.or(other.since);
        return p;
    }

    private static Set<Expr> union(Set<Expr> a, Set<Expr> b) {
        Set<Expr> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }
}
