// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of the CPU features that alternatives ask for, by their numbers: arch/x86/include/asm/cpufeatures.h, and
 * the asm/cpucap-defs.h that arm64 generates from arch/arm64/tools/cpucaps.
 */
public final class FeatureNames {
    /** What the macros are called, as a regular expression. */
    public static final String MACROS = "X86_(?:FEATURE|BUG)_\\w+"
            + "|ARM64_(?:HAS|WORKAROUND|ALWAYS|SPECTRE|KVM|MISMATCHED|MPAM|MTE|SME)_\\w+"
            + "|ARM64_(?:BTI|HAFT|HW_DBM|MPAM|MTE|SME|SME2|SSBS|SVE|UNMAP_KERNEL_AT_EL0)";

    private static final Pattern NAME = Pattern.compile(MACROS);

    private FeatureNames() {}

    /**
     * The names in the numbers of one tree. A feature has a name only if both trees of a comparison have it: else one
     * and the same feature would be two on the two sides. A number with several names has none.
     */
    public static Map<Integer, String> of(Map<String, Long> macros, Map<String, Long> other) {
        Set<Long> several = several(macros);
        Set<Long> elsewhere = several(other);
        Map<Integer, String> names = new HashMap<>();
        macros.forEach((name, number) -> {
            Long there = other.get(name);
            if (NAME.matcher(name).matches()
                    && there != null
                    && !several.contains(number)
                    && !elsewhere.contains(there)) {
                names.put(number.intValue(), name);
            }
        });
        return Map.copyOf(names);
    }

    private static Set<Long> several(Map<String, Long> macros) {
        Set<Long> seen = new HashSet<>();
        Set<Long> twice = new HashSet<>();
        macros.forEach((name, number) -> {
            if (NAME.matcher(name).matches() && !seen.add(number)) {
                twice.add(number);
            }
        });
        return twice;
    }
}
