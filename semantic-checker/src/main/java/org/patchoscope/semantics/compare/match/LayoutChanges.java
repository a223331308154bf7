// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.List;
import java.util.Set;

/** Says that structures have their members elsewhere in the other version. */
public final class LayoutChanges {
    private static final int NAMED = 4;

    private LayoutChanges() {}

    /** Why nothing is compared. */
    public static String reason(Set<String> changed) {
        List<String> first = changed.stream().sorted().limit(NAMED).toList();
        String more = changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " more" : "";
        return "the layout of " + String.join(", ", first) + more
                + " changes, and there are no sources to match members by";
    }
}
