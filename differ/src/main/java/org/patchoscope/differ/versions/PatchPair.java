// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import org.patchoscope.mail.series.Patch;

/** What became of one patch from an older version of a series to a newer one. */
public sealed interface PatchPair {
    /** Message and diff are the same, but perhaps for line numbers. */
    record Same(Patch before, Patch after) implements PatchPair {}

    /**
     * The same patch, reworked.
     *
     * @param difference a diff of the two patches, each written as message and diff without line numbers and blob ids
     */
    record Reworked(Patch before, Patch after, String difference) implements PatchPair {}

    /** Only the older version has it. */
    record Dropped(Patch before) implements PatchPair {}

    /** Only the newer version has it. */
    record Added(Patch after) implements PatchPair {}
}
