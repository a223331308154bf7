// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

/** One line of a hunk. */
public record HunkLine(Kind kind, Line line) {
    /** What the hunk says about the line. */
    public enum Kind {
        CONTEXT,
        REMOVED,
        ADDED
    }
}
