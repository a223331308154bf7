// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.semantics.compare.product.StatePair.Spot;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Generalisation;

/**
 * What holds of two versions whenever they come to the heads of their loops. It is found by trying: what is so on the way in is
 * assumed; where it is not so again after a turn, less is assumed. What holds in the end is proven by induction on the turns.
 */
final class Invariants {
    private static final int MOST_ROUNDS = 12;

    private static final class Loop {
        private final int number;
        private StatePair holds;
        private int rounds;

        Loop(int number, StatePair holds) {
            this.number = number;
            this.holds = holds;
        }
    }

    private final Exprs x;
    private final Map<Spot, Loop> loops = new HashMap<>();

    Invariants(Exprs x) {
        this.x = x;
    }

    /** What becomes of a pair at the heads of loops. */
    sealed interface Arrival {
        /** It is one of those that have been followed already. */
        record Covered() implements Arrival {}

        /** All that is known of those that come there, to be followed. */
        record Follow(StatePair pair) implements Arrival {}

        /** Nothing that holds on every turn was found. */
        record Lost() implements Arrival {}
    }

    Arrival arrive(StatePair p) {
        Loop loop = loops.get(p.spot());
        if (loop == null) {
            loops.put(p.spot(), new Loop(loops.size() + 1, p.fork()));
            return new Arrival.Follow(p);
        }
        Generalisation g = Generalisation.turns(x, loop.number, ++loop.rounds);
        Optional<StatePair> wider = loop.holds.generalise(p, g);
        if (wider.isEmpty() || g.lost() || loop.rounds > MOST_ROUNDS) {
            return new Arrival.Lost();
        }
        if (!g.widened()) {
            return new Arrival.Covered();
        }
        loop.holds = wider.get().fork();
        return new Arrival.Follow(wider.get());
    }
}
