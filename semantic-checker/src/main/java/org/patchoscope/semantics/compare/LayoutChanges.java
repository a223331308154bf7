// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * Structures that have their members elsewhere in the other version. Memory is compared by offset: with
 * another layout, equal offsets are other members and other offsets may be the same one.
 */
final class LayoutChanges {
    private static final int NAMED = 4;

    private LayoutChanges() {}

    /** Names of the structures both versions have with different layouts. */
    static Set<String> between(DebugInfo before, DebugInfo after) {
        Map<String, DebugInfo.Structure> other = after.structures();
        return before.structures().values().stream()
                .filter(s -> other.get(s.name()) instanceof DebugInfo.Structure t
                        && !places(s).equals(places(t)))
                .map(DebugInfo.Structure::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Integer> places(DebugInfo.Structure s) {
        return s.members().stream()
                .collect(Collectors.toMap(DebugInfo.Member::name, DebugInfo.Member::offset, (a, b) -> a));
    }

    /** Why nothing is compared. */
    static String reason(Set<String> changed) {
        List<String> first = changed.stream().limit(NAMED).toList();
        String more = changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : "";
        return "the layout of " + String.join(", ", first) + more + " changes, and memory is compared by offset";
    }
}
