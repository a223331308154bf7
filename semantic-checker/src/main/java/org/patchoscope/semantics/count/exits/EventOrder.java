// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.List;

/**
 * What one path of an entry shows to the outside, in order.
 *
 * @param path the path's name in the table of events
 * @param result the events, or why they are not known
 */
public record EventOrder(String path, Result result) {

    /** Either all of it is known or nothing. */
    public sealed interface Result {}

    /**
     * The events from the vector to the exit, the same on every processor of the profile.
     *
     * @param flags what asked for them in this tree: macros and their cells, sorted
     * @param events in order
     * @param others calls that are not followed and that the table does not name, in order, each once
     * @param uncertain events whose functions the compiler may have inlined, so that they may be missing here
     */
    public record Seen(List<String> flags, List<Step> events, List<String> others, List<String> uncertain)
            implements Result {
        public Seen {
            flags = List.copyOf(flags);
            events = List.copyOf(events);
            others = List.copyOf(others);
            uncertain = List.copyOf(uncertain);
        }
    }

    /** An event by its name, and the function, or static key, that it was seen by. */
    public record Step(String event, String by) {}

    /** The path cannot be asked for in this tree, or something on it could not be executed. */
    public record NotSeen(String reason) implements Result {}
}
