// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.util.List;
import org.patchoscope.differ.diff.ChangeType;

/**
 * What a patch did to one file.
 *
 * @param path the file, by its new name unless it is deleted
 * @param before the lines that changed, in the state before the patch
 * @param after the lines they became, in the state after it; the lists are of equal length
 */
public record TouchedFile(String path, ChangeType type, List<LineRange> before, List<LineRange> after) {
    public TouchedFile {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
