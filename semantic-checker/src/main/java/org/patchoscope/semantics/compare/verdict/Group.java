// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.Locale;

/**
 * What differences of one finding have in common.
 *
 * @param turn what became of an event
 * @param what the event; of events that both versions have, all that tells them apart, in the expression language
 */
public record Group(Turn turn, String what) {
    /** What becomes of an event from one version to the other. */
    public enum Turn {
        /** There are more of them. */
        GAINED,
        /** There are fewer. */
        LOST,
        /** As far as the shorter path was followed, it comes earlier, or once more. */
        SOONER,
        /** As far as the shorter path was followed, it comes later, or no longer. */
        LATER,
        /** There are as many, in another order. */
        MOVED,
        /** Both have it, and something about it differs; or nothing else can be said. */
        OTHER
    }

    /** Stable text of it, for identifiers. */
    @Override
    public String toString() {
        return turn == Turn.OTHER ? what : turn.name().toLowerCase(Locale.ROOT) + ":" + what;
    }
}
