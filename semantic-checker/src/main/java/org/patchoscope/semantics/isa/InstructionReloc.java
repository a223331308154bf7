// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

/**
 * A relocation that applies inside an instruction.
 *
 * @param type the ELF name, such as {@code R_AARCH64_CALL26}
 * @param symbol that it refers to
 * @param addend to the symbol's address
 */
public record InstructionReloc(String type, String symbol, long addend) {}
