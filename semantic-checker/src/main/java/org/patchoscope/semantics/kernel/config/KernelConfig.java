// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchoscope.semantics.kernel.files.CacheFiles;

/** A {@code .config}: options with their values; one that is absent has the value {@code n}. */
public record KernelConfig(SortedMap<String, String> values) {
    private static final String UNSET = " is not set";

    public KernelConfig {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static KernelConfig read(Path dotConfig) throws IOException {
        SortedMap<String, String> values = new TreeMap<>();
        for (String line : CacheFiles.readPlainText(dotConfig).lines().toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("CONFIG_") && equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else if (line.startsWith("# CONFIG_") && line.endsWith(UNSET)) {
                values.put(line.substring(2, line.length() - UNSET.length()), "n");
            }
        }
        return new KernelConfig(values);
    }

    /** The value of an option given with its {@code CONFIG_} prefix. */
    public String value(String option) {
        return values.getOrDefault(option, "n");
    }

    public List<String> unmet(List<String> settings) {
        return settings.stream().filter(setting -> !honours(setting)).toList();
    }

    private boolean honours(String setting) {
        int equals = setting.indexOf('=');
        return value(setting.substring(0, equals)).equals(setting.substring(equals + 1));
    }
}
