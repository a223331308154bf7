// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.HashSet;
import java.util.Set;

/**
 * A frame condition: what a call to code outside of the simulation leaves alone.
 *
 * @param preserved regions it does not change: {@code pt_regs}, {@code current} (the whole task),
 *     {@code structure.member}, or {@code *} for all memory
 * @param declared whether a person declared it (then a report that leaned on it says so)
 * @param reason why, with its source
 */
public record Frame(Set<String> preserved, boolean declared, String reason) {
    /** May change anything but what is private to the frame. */
    public static final Frame ANYTHING = new Frame(Set.of(), false, "nothing is known about the callee");

    public Frame {
        preserved = Set.copyOf(preserved);
    }

    /** What both leave alone, region by region. */
    public Frame and(Frame other) {
        if (preservesAll()) {
            return other;
        }
        Set<String> both = new HashSet<>(preserved);
        if (!other.preservesAll()) {
            both.retainAll(other.preserved);
        }
        return new Frame(both, declared || other.declared, reason);
    }

    /** Whether nothing at all changes. */
    public boolean preservesAll() {
        return preserved.contains("*");
    }
}
