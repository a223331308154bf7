// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

/** What a command changes in the store. */
public sealed interface Effect {
    /** Nothing. */
    record None() implements Effect {}

    /** A series that is done with is reviewed once more. */
    record Again(long series) implements Effect {}

    /** A series is reviewed on another base, also if it is under review on one. */
    record OnBase(long series, String base) implements Effect {}

    /** What is said of a topic takes an assumption for granted. */
    record Assume(long topic, String name) implements Effect {}

    /**
     * A finding of a topic is not reported again.
     *
     * @param identity as {@link StoredFinding#identity}
     */
    record Dismiss(long topic, String identity, String reason) implements Effect {}

    /** No more mail is written about a topic; what waits to be sent is kept back. */
    record Stop(long topic) implements Effect {}
}
