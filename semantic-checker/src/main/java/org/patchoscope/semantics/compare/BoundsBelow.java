// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;

/** Loop bounds that verdicts rest on, handed from callees to their callers: who calls what is equal up to a bound is at most that. */
final class BoundsBelow {
    private final Correspondence c;
    private final Map<String, Integer> bounds = new HashMap<>();

    BoundsBelow(Correspondence c) {
        this.c = c;
    }

    /** The verdict with what is known of the callees; kept for the callers. */
    RootVerdict of(RootVerdict v) {
        OptionalInt below = below(v.root());
        RootVerdict all = below.isPresent() ? v.within(below.getAsInt()) : v;
        note(all);
        return all;
    }

    /** Keeps the bound of a verdict for the callers. */
    void note(RootVerdict v) {
        if (v.verdict() instanceof Verdict.EqualWithinBound b) {
            bounds.merge(v.root(), b.loops(), Math::min);
        } else {
            passOn(v.root());
        }
    }

    /** Hands on what the callees rest on, whatever the function is itself. */
    void passOn(String f) {
        below(f).ifPresent(n -> bounds.merge(f, n, Math::min));
    }

    /** Bounds by function. */
    Map<String, Integer> all() {
        return Map.copyOf(bounds);
    }

    private OptionalInt below(String f) {
        return c.callees(f).stream()
                .flatMap(g -> Optional.ofNullable(bounds.get(g)).stream())
                .mapToInt(Integer::intValue)
                .min();
    }
}
