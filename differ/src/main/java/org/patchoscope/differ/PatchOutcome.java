// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.List;

/** What became of one patch. */
public sealed interface PatchOutcome {
    /**
     * It applies.
     *
     * @param notes what was needed where it did not fit exactly
     * @param proven whether every file came out with the blob id that the patch states
     */
    record Applied(TreeState state, List<Placement> notes, Footprint footprint, boolean proven)
            implements PatchOutcome {
        public Applied {
            notes = List.copyOf(notes);
        }
    }

    /**
     * It does not apply.
     *
     * @param hunk the first hunk that does not fit, from 1; 0 for the file as a whole
     */
    record Conflict(String file, int hunk, String reason) implements PatchOutcome {}

    /** Its diff is broken, absent, or names paths it must not. */
    record Malformed(String reason) implements PatchOutcome {}

    /** It does something that is not done here, such as changing a submodule. */
    record Unsupported(String file, String reason) implements PatchOutcome {}

    /** A patch before it did not apply. */
    record NotTried(int failed) implements PatchOutcome {}
}
