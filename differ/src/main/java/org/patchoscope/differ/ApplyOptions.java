// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

/**
 * How far to go to make a patch fit.
 *
 * @param minContext context lines may be ignored down to this many; {@link Integer#MAX_VALUE} for none
 * @param threeWay whether to merge by way of the blob a patch was made from
 */
public record ApplyOptions(int minContext, boolean threeWay) {
    /** As git am does it. */
    public static ApplyOptions exact() {
        return new ApplyOptions(Integer.MAX_VALUE, false);
    }

    /** Three-way merge, then up to one ignored context line at either end. */
    public static ApplyOptions standard() {
        return new ApplyOptions(2, true);
    }
}
