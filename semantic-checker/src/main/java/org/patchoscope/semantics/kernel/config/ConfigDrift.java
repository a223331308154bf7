// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the configuration of a state differs from that of the base although the same settings were asked for. */
public record ConfigDrift(SortedMap<String, Change> changes) {
    /** The value before and after; {@code n} also stands for an option that is not there. */
    public record Change(String before, String after) {}

    public ConfigDrift {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    public static ConfigDrift between(KernelConfig before, KernelConfig after) {
        SortedSet<String> options = new TreeSet<>(before.values().keySet());
        options.addAll(after.values().keySet());
        SortedMap<String, Change> changes = new TreeMap<>();
        for (String option : options) {
            if (!before.value(option).equals(after.value(option))) {
                changes.put(option, new Change(before.value(option), after.value(option)));
            }
        }
        return new ConfigDrift(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
