// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.ir.Lifted;

/**
 * One way through a root function.
 *
 * @param condition under which it is taken
 * @param events what the world sees, in order; the last is how the path ends
 * @param outcome whether it was followed to its end
 * @param counts instructions executed, by kind
 * @param notes what was assumed on the way (declared frame conditions)
 */
public record Path(
        PathCondition condition,
        List<Event> events,
        Outcome outcome,
        Map<Lifted.Kind, Integer> counts,
        Set<Premise> notes) {
    public Path {
        events = List.copyOf(events);
        counts = Map.copyOf(counts);
    }

    /** All instructions executed. */
    public int instructions() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
