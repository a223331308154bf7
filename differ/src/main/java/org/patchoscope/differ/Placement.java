// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.List;

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

    /** Whether {@code git apply} would have refused the patch here. */
    public boolean refusedByGit() {
        return kind == Kind.FUZZ || kind == Kind.THREE_WAY;
    }

    /** The same in words: what, where, and what git says to it. */
    public String words() {
        String where = hunk == 0 ? file : file + ", hunk " + hunk;
        return where + ": "
                + switch (kind) {
                    case OFFSET -> String.format(java.util.Locale.ROOT, "offset of %+d lines", amount);
                    case FUZZ ->
                        "placed with fuzz " + amount + ": lines of context differ, and git apply refuses the patch";
                    case THREE_WAY ->
                        "merged with other changes by way of the blob it was made from; git apply refuses the patch";
                    case POST_IMAGE_DIFFERS -> "the result is not the blob that the patch names";
                    case MODE_DIFFERS -> "the file's mode is not the one that the patch expects";
                };
    }

    /** Those to be told: whatever git refuses, with the offset at which it was placed, and all else but plain offsets. */
    public static List<Placement> remarkable(List<Placement> all) {
        return all.stream()
                .filter(n -> n.kind() != Kind.OFFSET
                        || all.stream()
                                .anyMatch(o -> o.kind() == Kind.FUZZ
                                        && o.hunk() == n.hunk()
                                        && o.file().equals(n.file())))
                .toList();
    }
}
