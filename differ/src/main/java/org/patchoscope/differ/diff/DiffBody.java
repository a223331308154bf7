// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.List;

/** What a diff carries for one file besides names and modes. */
public sealed interface DiffBody {
    /** Nothing: a rename, a mode change, an empty file. */
    record None() implements DiffBody {}

    /** Hunks of text, at least one. */
    record Text(List<DiffHunk> hunks) implements DiffBody {
        public Text {
            hunks = List.copyOf(hunks);
        }
    }

    /**
     * A "GIT binary patch".
     *
     * @param delta whether it is a delta against the old content, else the whole new content
     * @param size length of the inflated data as stated
     * @param encoded the base-85 lines, not to be changed by anyone
     */
    record Binary(boolean delta, int size, byte[] encoded) implements DiffBody {}

    /** "Binary files differ": the content was not sent. */
    record BinaryLeftOut() implements DiffBody {}
}
