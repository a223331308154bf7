// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.ir;

import java.util.List;

/**
 * A lifted instruction.
 *
 * @param offset of its first byte in its section
 * @param length in bytes
 * @param text as the disassembler prints it
 * @param kind for counting
 * @param ops what it does, in order
 */
public record Lifted(long offset, int length, String text, Kind kind, List<Op> ops) {
    public Lifted {
        ops = List.copyOf(ops);
    }

    /** The class an instruction is counted under. */
    public enum Kind {
        MOVE,
        ARITHMETIC,
        LOAD,
        STORE,
        BRANCH,
        SYSTEM,
        NOP
    }
}
