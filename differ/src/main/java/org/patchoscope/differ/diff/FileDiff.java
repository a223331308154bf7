// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The diff of one file.
 *
 * @param oldPath where the content comes from; the same as {@code newPath} unless renamed or copied
 * @param newPath where it goes to
 * @param gitHeader whether it began with "diff --git"; only then are creations stated for sure
 * @param oldMode mode before, when stated
 * @param newMode mode after, when stated
 * @param oldId blob id before, often abbreviated, "" when there is no index line
 * @param newId blob id after, likewise
 */
public record FileDiff(
        String oldPath,
        String newPath,
        ChangeType type,
        boolean gitHeader,
        @Nullable FileMode oldMode,
        @Nullable FileMode newMode,
        String oldId,
        String newId,
        DiffBody body) {
    /** Its hunks; none for a binary diff. */
    public List<DiffHunk> hunks() {
        return body instanceof DiffBody.Text text ? text.hunks() : List.of();
    }

    /** The path to name it by. */
    public String path() {
        return type == ChangeType.DELETE ? oldPath : newPath;
    }

    /** The same change as the creation of a file. */
    public FileDiff asAddition() {
        return new FileDiff(oldPath, newPath, ChangeType.ADD, gitHeader, oldMode, newMode, oldId, newId, body);
    }
}
