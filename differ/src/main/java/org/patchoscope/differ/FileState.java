// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import org.patchoscope.differ.diff.FileMode;

/** A file in a state of the tree. */
public sealed interface FileState {
    /**
     * It is there.
     *
     * @param content not to be changed by anyone
     * @param blobId the content's git id, good as a cache key
     */
    record Present(FileMode mode, byte[] content, String blobId) implements FileState {}

    /** The base has it, this state does not. */
    record Deleted() implements FileState {}
}
