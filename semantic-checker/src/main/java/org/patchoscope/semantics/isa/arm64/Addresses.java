// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Operand;

/**
 * The address of a memory operand and what becomes of its base register.
 *
 * @param address of the first byte
 * @param base that gets a new value, with the 64-bit name; empty if none does
 * @param updated its new value
 */
record Addresses(Expr address, String base, Expr updated) {

    /**
     * The operand {@code at}, with a post-index after it if there is one.
     *
     * @param bits of the access, for the relocation of the displacement
     */
    static Addresses of(Insn i, int at, int bits) {
        if (i.operand(at) instanceof Operand.Immediate n) {
            Expr literal = i.relocations().address("LD_PREL_LO19");
            return fixed(literal != null ? literal : i.here(n.value()));
        }
        if (!(i.operand(at) instanceof Operand.Memory m) || m.base() == null) {
            throw new NotLifted("no memory as operand " + at);
        }
        Exprs x = i.x;
        Expr base = Registers.read(x, m.base());
        if (at + 1 < i.count()) {
            return new Addresses(base, m.base(), x.add(base, Operands.source(i, at + 1, 64)));
        }
        Expr address = x.add(base, offset(i, m, bits));
        return m.writeBack() ? new Addresses(address, m.base(), address) : fixed(address);
    }

    private static Addresses fixed(Expr address) {
        return new Addresses(address, "", address);
    }

    private static Expr offset(Insn i, Operand.Memory m, int bits) {
        Exprs x = i.x;
        if (m.index() != null) {
            Expr index = Registers.read(x, m.index());
            return m.modifier() == null ? index : Operands.modified(x, index, m.modifier(), 64);
        }
        Expr low = i.relocations().low12(bits);
        return low != null ? low : x.constant(m.displacement(), 64);
    }

    /** Writes the base register back, after the access. */
    void emitUpdate(Insn i) {
        if (!base.isEmpty()) {
            i.emit(new Op.Set(base, updated));
        }
    }
}
