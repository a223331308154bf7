// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.List;

/** What became of placing the hunks of one file. */
public sealed interface Placing {
    /** All of them fit; the content must not be changed by anyone. */
    record Done(byte[] content, List<Placed> hunks) implements Placing {
        public Done {
            hunks = List.copyOf(hunks);
        }
    }

    /** One does not fit. */
    record Refused(int hunk, String reason) implements Placing {}
}
