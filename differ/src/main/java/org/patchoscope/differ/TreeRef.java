// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.nio.file.Path;

/**
 * A registered reference tree.
 *
 * @param origin directory or address it came from
 * @param gitDir the git directory its commits are read from
 */
public record TreeRef(String name, Kind kind, String origin, Path gitDir) {
    /** Where the commits live. */
    public enum Kind {
        /** In the user's own repository, which is only read. */
        REPOSITORY,
        /** In a bare repository of ours, made from a plain source directory. */
        DIRECTORY,
        /** In a bare clone of ours. */
        REMOTE
    }
}
