// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which branches leave which loops. A loop is its head and all that reaches an edge back to it without passing the head. */
final class LoopExits {
    private final Map<Location, Set<Location>> left = new HashMap<>();

    /**
     * The exits of loops.
     *
     * @param next where each instruction leads
     * @param back by head of a loop, from where it is come back to
     */
    LoopExits(Map<Location, List<Location>> next, Map<Location, List<Location>> back) {
        Map<Location, List<Location>> before = new HashMap<>();
        next.forEach((from, all) -> all.forEach(
                to -> before.computeIfAbsent(to, k -> new ArrayList<>()).add(from)));
        back.forEach((head, ends) -> {
            Set<Location> body = body(head, ends, before);
            body.stream()
                    .filter(at -> !body.containsAll(next.getOrDefault(at, List.of())))
                    .forEach(
                            at -> left.computeIfAbsent(at, k -> new HashSet<>()).add(head));
        });
    }

    private static Set<Location> body(Location head, List<Location> ends, Map<Location, List<Location>> before) {
        Set<Location> body = new HashSet<>(Set.of(head));
        Deque<Location> open = new ArrayDeque<>(ends);
        while (!open.isEmpty()) {
            Location at = open.pop();
            if (body.add(at)) {
                open.addAll(before.getOrDefault(at, List.of()));
            }
        }
        return body;
    }

    /** The heads of the loops that the branch may leave. */
    Set<Location> leaving(Location branch) {
        return left.getOrDefault(branch, Set.of());
    }
}
