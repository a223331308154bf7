// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import org.patchoscope.differ.diff.DiffHunk;

/**
 * A hunk as mailed, for quoting.
 *
 * @param number its place in the file's diff, from 1
 * @param oldStart first line before, as the patch states it
 * @param newStart first line after, as the patch states it
 * @param text header and body
 */
public record Hunk(String path, int number, int oldStart, int oldCount, int newStart, int newCount, String text) {
    static Hunk of(String path, DiffHunk hunk) {
        return new Hunk(
                path, hunk.number(), hunk.oldStart(), hunk.oldCount(), hunk.newStart(), hunk.newCount(), hunk.text());
    }
}
