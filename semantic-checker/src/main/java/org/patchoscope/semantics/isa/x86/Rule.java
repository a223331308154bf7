// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

/** How the instructions of one mnemonic are lifted. */
@FunctionalInterface
interface Rule {
    /** Emits the operations; throws {@link NotLifted} for an operand it has no meaning for. */
    void lift(Insn insn);
}
