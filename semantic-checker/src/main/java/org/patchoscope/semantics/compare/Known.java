// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.environment.ResultRelation;

/**
 * What an earlier comparison has found out.
 *
 * @param relations how results of another type are related, by function; used where it cannot be found out here
 * @param verdicts by function; they speak of the same programs, in expressions of the same factory
 * @param lowered functions for which a bound had to be lowered
 */
public record Known(Map<String, ResultRelation> relations, Map<String, RootVerdict> verdicts, Set<String> lowered) {
    public static final Known NOTHING = new Known(Map.of(), Map.of(), Set.of());

    public Known {
        relations = Map.copyOf(relations);
        verdicts = Map.copyOf(verdicts);
        lowered = Set.copyOf(lowered);
    }

    /** With relations that another comparison has found, and without verdicts that more patience may better. */
    public Known firm(Map<String, ResultRelation> others, Set<String> answered) {
        Map<String, RootVerdict> firm = new HashMap<>(verdicts);
        firm.keySet().removeIf(f -> lowered.contains(f) && !answered.contains(f));
        return new Known(others, firm, lowered);
    }
}
