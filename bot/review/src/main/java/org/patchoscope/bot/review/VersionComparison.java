// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.List;

/**
 * Two series on one base, or two versions of one, against each other.
 *
 * @param older review of the first
 * @param newer review of the second
 * @param difference the last state of the first against the last state of the second, as one patch
 * @param carried the findings of both
 */
public record VersionComparison(Review older, Review newer, Review difference, List<Carried> carried) {
    public VersionComparison {
        carried = List.copyOf(carried);
    }

    /**
     * What became of a finding.
     *
     * @param id the finding's, the same in both reviews
     * @param olderPatches numbers of the patches of the first that have it, 0 for the series as a whole
     * @param newerPatches the same of the second
     * @param because why it is not said to be fixed although it was not found again, else empty
     */
    public record Carried(
            Fate fate,
            String id,
            String arch,
            Review.Verdict kind,
            String summary,
            List<Integer> olderPatches,
            List<Integer> newerPatches,
            String because) {
        public Carried {
            olderPatches = List.copyOf(olderPatches);
            newerPatches = List.copyOf(newerPatches);
        }
    }

    /** Where a finding is. */
    public enum Fate {
        NEW,
        STILL_THERE,
        FIXED,
        /** Not found again, but not everything could be analysed. */
        UNDECIDED
    }
}
