// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import org.patchoscope.differ.diff.FuzzyPlacer;

/**
 * How far to go to make a patch fit.
 *
 * @param fuzz lines of context that may be ignored at either end, as GNU patch does it
 * @param threeWay whether to merge by way of the blob a patch was made from
 */
public record ApplyOptions(int fuzz, boolean threeWay) {
    /** As git apply does it. */
    public static ApplyOptions exact() {
        return new ApplyOptions(0, false);
    }

    /** Three-way merge, then what GNU patch takes. */
    public static ApplyOptions standard() {
        return new ApplyOptions(FuzzyPlacer.FUZZ, true);
    }
}
