// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

/** How cells that others may write at any time are read. */
public enum ReadSemantics {
    /** Such a cell changes only at events: two reads with nothing between them agree. */
    SEQUENTIAL,
    /** Every single read may give a new value. */
    CONCURRENT
}
