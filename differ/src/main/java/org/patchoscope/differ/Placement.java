// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

/**
 * What was needed to make a patch fit, where it did not fit exactly.
 *
 * @param hunk the hunk, from 1; 0 for the file as a whole
 * @param amount lines of offset (signed) or ignored context lines; 0 otherwise
 */
public record Placement(String file, int hunk, Kind kind, int amount) {
    /** Ways of fitting. */
    public enum Kind {
        /** The lines were found away from the stated place. */
        OFFSET,
        /** Some context lines were ignored. */
        FUZZ,
        /** The change was merged with others by way of the blob it was made from. */
        THREE_WAY,
        /** The file was the one the patch was made from, yet the result is not the one it states: edited by hand. */
        POST_IMAGE_DIFFERS,
        /** The file's mode is not the one the patch expects. */
        MODE_DIFFERS
    }
}
