// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.List;
import java.util.Optional;

/**
 * A series applied, patch by patch.
 *
 * @param base the state before the first patch
 * @param results one per patch, in order
 */
public record SeriesStates(TreeState base, List<Result> results) {
    public SeriesStates {
        results = List.copyOf(results);
    }

    /** A patch and what became of it. */
    public record Result(PatchInput patch, PatchOutcome outcome) {}

    /** Whether every patch applied. */
    public boolean complete() {
        return results.stream().allMatch(r -> r.outcome() instanceof PatchOutcome.Applied);
    }

    /** The state after the patch with this number; 0 is the base. */
    public Optional<TreeState> after(int number) {
        if (number == 0) {
            return Optional.of(base);
        }
        return results.stream()
                .filter(r -> r.patch().number() == number)
                .map(r -> r.outcome() instanceof PatchOutcome.Applied a ? a.state() : null)
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }
}
