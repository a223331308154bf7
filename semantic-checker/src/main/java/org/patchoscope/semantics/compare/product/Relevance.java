// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.compare.product.StatePair.Spot;

/** From which pairs of places two versions can come to one where they may part. From all others they are proven equal. */
public final class Relevance {
    private final Map<Spot, Set<Spot>> before = new HashMap<>();
    private final Set<Spot> seen = new HashSet<>();
    private final Set<Spot> partings = new LinkedHashSet<>();
    private final Set<Spot> reaching = new HashSet<>();

    /** Notes that {@code to} is come to from {@code from}. */
    void step(Spot from, Spot to) {
        seen.add(from);
        seen.add(to);
        before.computeIfAbsent(to, k -> new HashSet<>()).add(from);
    }

    /** Notes that on from there the versions may part. */
    void parting(Spot at) {
        seen.add(at);
        partings.add(at);
    }

    /** Works out from where the partings can be come to. */
    public Relevance complete() {
        Deque<Spot> open = new ArrayDeque<>(partings);
        while (!open.isEmpty()) {
            Spot at = open.removeLast();
            if (reaching.add(at)) {
                open.addAll(before.getOrDefault(at, Set.of()));
            }
        }
        return this;
    }

    /** Whether it is proven that the versions do the same from there on. */
    boolean settled(Spot at) {
        return seen.contains(at) && !reaching.contains(at);
    }
}
