// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Single-option variations around a configuration. */
final class Variants {
    private Variants() {}

    static List<Variant> around(Prepared prepared, Set<String> mentioned, Set<String> read, int limit) {
        List<Variant> variants = new ArrayList<>();
        for (String option : new TreeSet<>(mentioned)) {
            // An option that .config does not even mention cannot be set by itself.
            String value = prepared.config().values().getOrDefault(option, "");
            boolean flips = value.equals("y") || value.equals("n");
            if (flips && read.contains(option) && variants.size() < limit) {
                String setting = option + "=" + (value.equals("y") ? "n" : "y");
                List<String> settings = new ArrayList<>(prepared.variant().settings());
                settings.add(setting);
                variants.add(new Variant(setting.substring("CONFIG_".length()), settings));
            }
        }
        return List.copyOf(variants);
    }
}
