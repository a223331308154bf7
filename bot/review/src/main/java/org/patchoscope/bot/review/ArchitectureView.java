// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.List;

/**
 * What the entry of a system call shows to the outside on several architectures, beside each other: the same named paths,
 * under the same flags, before and after.
 *
 * @param patch its number, 0 for the whole series
 * @param configuration the configuration of all of them
 * @param reference the architecture that the others are set against
 * @param before how it was
 * @param after how it is
 * @param leansOn what is assumed on every path, sentences without a full stop
 */
public record ArchitectureView(
        int patch, String configuration, String reference, Moment before, Moment after, List<String> leansOn) {
    public ArchitectureView {
        leansOn = List.copyOf(leansOn);
    }

    /**
     * One state of the tree.
     *
     * @param absent events that an architecture's objects cannot show in this configuration; they are left out of the
     *     comparison of paths
     */
    public record Moment(List<Path> paths, List<Absent> absent) {
        public Moment {
            paths = List.copyOf(paths);
            absent = List.copyOf(absent);
        }
    }

    /** Nothing in the objects of {@code arch} refers to what the event is seen by. */
    public record Absent(String arch, String event) {}

    /** What is said of a path. */
    public enum Standing {
        /** All architectures show the same events in the same order. */
        SAME,
        DIFFERENT,
        NOT_COMPARED
    }

    /**
     * A named path.
     *
     * @param text what happens on it
     * @param reason why it is not compared, else empty
     * @param orders one per architecture on which it could be followed
     */
    public record Path(String name, String text, Standing standing, String reason, List<Order> orders) {
        public Path {
            orders = List.copyOf(orders);
        }
    }

    /**
     * The events of a path on one architecture.
     *
     * @param flags what asked for them: macros and their cells
     * @param others calls that the table of events does not name, and that are not compared
     */
    public record Order(String arch, List<String> flags, List<Step> events, List<String> others) {
        public Order {
            flags = List.copyOf(flags);
            events = List.copyOf(events);
            others = List.copyOf(others);
        }
    }

    /** An event, and the function or static key that it was seen by. */
    public record Step(String event, String by) {}
}
