// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

/**
 * A relocation that applies inside an instruction.
 *
 * @param type the ELF name, such as {@code R_AARCH64_CALL26}
 * @param symbol that it refers to
 * @param addend to the symbol's address
 * @param at bytes from the first of the instruction to the first of the relocated field
 */
public record InstructionReloc(String type, String symbol, long addend, int at) {

    /** A relocation of the instruction's first byte on. */
    public InstructionReloc(String type, String symbol, long addend) {
        this(type, symbol, addend, 0);
    }
}
