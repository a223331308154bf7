// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.List;
import java.util.Set;

/**
 * Functions of the source around a difference, as both versions were executed on its witness.
 *
 * @param onlyBefore calls that are active where the old version's event happens, the outermost first, of functions of which the new
 *     version, which has them too, executed no instruction
 * @param onlyAfter the same of the new version's event
 * @param executed all that either version executed up to there
 */
public record CallsAround(List<Call> onlyBefore, List<Call> onlyAfter, Set<String> executed) {
    /**
     * A function and the one that calls it.
     *
     * @param reachable whether the other version has code of such a call in what it executed, so that it could have come there;
     *     without, the call may be gone from the source, or the compiler has made nothing of it
     */
    public record Call(String caller, String callee, boolean reachable) {}

    /** Where nothing is known of that. */
    public static final CallsAround UNKNOWN = new CallsAround(List.of(), List.of(), Set.of());

    public CallsAround {
        onlyBefore = List.copyOf(onlyBefore);
        onlyAfter = List.copyOf(onlyAfter);
        executed = Set.copyOf(executed);
    }
}
