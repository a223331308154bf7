// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.util.Optional;
import org.patchoscope.differ.diff.FileMode;

/**
 * What a tree holds under a path.
 *
 * @param modeBits git's number for its kind and mode
 * @param id object id, 40 hexadecimal digits
 */
public record TreeEntry(int modeBits, String id) {
    private static final int DIRECTORY = 0040000;

    /** An entry for a file. */
    public static TreeEntry file(FileMode mode, String id) {
        return new TreeEntry(mode.bits(), id);
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return modeBits == DIRECTORY;
    }

    /** The mode when it is a file or a symbolic link. */
    public Optional<FileMode> fileMode() {
        return FileMode.ofBits(modeBits);
    }
}
