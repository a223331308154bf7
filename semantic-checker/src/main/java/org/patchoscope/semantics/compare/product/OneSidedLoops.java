// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.compare.product.StatePair.Side;
import org.patchoscope.semantics.compare.product.StatePair.Spot;

/**
 * Turns of loops that one version makes while the other waits. Induction says what holds whenever a loop is left, and nothing of
 * whether it ever is: a version that goes round for good would be taken for one that does what the other does. Where both go
 * round together, neither does so more often than the other.
 */
final class OneSidedLoops {
    private final Map<Spot, Map<Spot, Set<Side>>> ways = new LinkedHashMap<>();

    /** Where a pair may have been at the head of a loop last, and which versions have gone on since in any case. */
    record Since(Map<Spot, Set<Side>> heads) {
        static final Since START = new Since(Map.of());

        Since {
            heads = Map.copyOf(heads);
        }

        Since moved(Side side) {
            Map<Spot, Set<Side>> all = new HashMap<>();
            heads.forEach((spot, sides) -> all.put(spot, with(sides, side)));
            return new Since(all);
        }

        private static Set<Side> with(Set<Side> sides, Side side) {
            Set<Side> more = EnumSet.of(side);
            more.addAll(sides);
            return more;
        }

        Since or(Since other) {
            Map<Spot, Set<Side>> all = new HashMap<>(heads);
            other.heads.forEach((spot, sides) -> all.merge(spot, sides, OneSidedLoops::both));
            return new Since(all);
        }
    }

    private static Set<Side> both(Set<Side> a, Set<Side> b) {
        Set<Side> common = new HashSet<>(a);
        common.retainAll(b);
        return common;
    }

    /** A pair has come to the head of a loop. */
    void arrive(StatePair p) {
        Spot here = p.spot();
        p.since
                .heads()
                .forEach((spot, sides) ->
                        ways.computeIfAbsent(spot, s -> new LinkedHashMap<>()).merge(here, sides, OneSidedLoops::both));
        p.since = new Since(Map.of(here, Set.of()));
    }

    /** Where one can go round with one version alone. */
    Set<Spot> spots() {
        Set<Spot> all = new LinkedHashSet<>();
        for (Side waiting : Side.values()) {
            ways.keySet().stream().filter(s -> comesBack(s, waiting)).forEach(all::add);
        }
        return all;
    }

    private boolean comesBack(Spot start, Side waiting) {
        Set<Spot> seen = new HashSet<>();
        Deque<Spot> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (Map.Entry<Spot, Set<Side>> way :
                    ways.getOrDefault(open.remove(), Map.of()).entrySet()) {
                if (!way.getValue().contains(waiting)) {
                    if (way.getKey().equals(start)) {
                        return true;
                    }
                    if (seen.add(way.getKey())) {
                        open.add(way.getKey());
                    }
                }
            }
        }
        return false;
    }
}
