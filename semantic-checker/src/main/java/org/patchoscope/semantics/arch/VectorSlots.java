// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a table of vectors the processor enters it: in each block of {@code block} bytes, every {@code step} bytes from
 * {@code first} on.
 */
public record VectorSlots(long block, long first, long step) {
    /** It is no table. */
    public static final VectorSlots NONE = new VectorSlots(0, 0, 0);

    /** The places in a table of {@code size} bytes; none of what is no table. */
    public List<Long> of(long size) {
        List<Long> all = new ArrayList<>();
        for (long at = 0; step > 0 && at < size; at += step) {
            if (at % block >= first) {
                all.add(at);
            }
        }
        return List.copyOf(all);
    }
}
