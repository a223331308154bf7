// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.List;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;

/** Translates one machine instruction at a time to the intermediate language. */
public interface Lifter {

    /**
     * The instruction at {@code offset} of a section's bytes. What is not known becomes an
     * {@link org.patchoscope.semantics.ir.Op.Unsupported} that names it; nothing is thrown.
     *
     * <p>Addresses that lie in the instruction's own section are written as the symbol {@code &.}, the
     * address of the section's first byte, plus an offset.
     *
     * @param relocations those that apply within the instruction
     */
    Lifted lift(Exprs x, byte[] section, long offset, List<InstructionReloc> relocations);
}
