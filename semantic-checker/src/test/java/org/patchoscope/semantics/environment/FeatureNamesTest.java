// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureNamesTest {
    @Test
    void aFeatureIsNamedInTheNumbersOfItsOwnTree() {
        Map<String, Long> before = Map.of("ARM64_HAS_PAN", 49L, "_TIF_SIGPENDING", 2L);
        Map<String, Long> after = Map.of("ARM64_HAS_PAN", 50L, "_TIF_SIGPENDING", 2L);

        assertThat(FeatureNames.of(before, after)).isEqualTo(Map.of(49, "ARM64_HAS_PAN"));
        assertThat(FeatureNames.of(after, before)).isEqualTo(Map.of(50, "ARM64_HAS_PAN"));
    }

    @Test
    void aFeatureThatOneTreeDoesNotHaveStaysANumberOnBothSides() {
        assertThat(FeatureNames.of(Map.of("X86_FEATURE_PTI", 235L), Map.of())).isEmpty();
    }

    @Test
    void aNumberWithTwoNamesHasNone() {
        Map<String, Long> two = Map.of("X86_FEATURE_A", 1L, "X86_FEATURE_B", 1L, "X86_BUG_C", 2L);

        assertThat(FeatureNames.of(two, two)).isEqualTo(Map.of(2, "X86_BUG_C"));
    }
}
