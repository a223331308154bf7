// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

/**
 * Lines of a file.
 *
 * @param start the first, from 1
 * @param count how many; 0 is the place before line {@code start}, where lines were put in or taken out
 */
public record LineRange(int start, int count) {
    public LineRange {
        if (start < 1 || count < 0) {
            throw new IllegalArgumentException("line " + start + ", count " + count);
        }
    }
}
