// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A configuration: the base configuration plus these settings.
 *
 * @param settings e.g. {@code CONFIG_DEBUG_RSEQ=y}, {@code CONFIG_AUDIT=n}
 */
public record Variant(String name, List<String> settings) {
    // One line, one option: a setting is appended to .config and must not be able to bring a second line.
    private static final Pattern SETTING =
            Pattern.compile("CONFIG_[A-Za-z0-9_]+=(y|n|m|-?[0-9a-fA-Fx]+|\"[^\"\\\\\\n]*\")");

    public Variant {
        settings = List.copyOf(settings);
        for (String setting : settings) {
            if (!SETTING.matcher(setting).matches()) {
                throw new IllegalArgumentException("not a Kconfig setting like CONFIG_FOO=y: " + setting);
            }
        }
    }

    /**
     * The base with one setting or several that belong together, separated by commas: {@code
     * CONFIG_EXPERT=y,CONFIG_PREEMPT_RT=y}.
     *
     * @throws IllegalArgumentException where one is not a setting
     */
    public static Variant of(String settings) {
        List<String> all = List.of(settings.split(",(?=CONFIG_)", -1));
        return new Variant(
                String.join(
                        ",",
                        all.stream().map(s -> s.replaceFirst("^CONFIG_", "")).toList()),
                all);
    }

    public static Variant base() {
        return new Variant("base", List.of());
    }
}
