// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.List;

/**
 * A decoded instruction.
 *
 * @param length in bytes
 * @param text as the disassembler prints it, on one line with single spaces
 * @param mnemonic the first word of the text that is no prefix
 * @param operands in the order of the text
 */
public record Decoded(int length, String text, String mnemonic, List<Operand> operands) {
    public Decoded {
        operands = List.copyOf(operands);
    }
}
