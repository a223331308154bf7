// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree after some patches.
 *
 * @param patch number of the last patch in it, 0 for the base
 * @param treeId git's id of the whole tree
 * @param changed every file that differs from the base, by path
 */
public record TreeState(String baseCommit, int patch, String treeId, SortedMap<String, FileState> changed) {
    public TreeState {
        changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
    }
}
