// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.isa.Operand;

/** Constants, register moves and addresses relative to the program counter. */
final class Moves {
    private Moves() {}

    static void register(Map<String, Rule> rules) {
        rules.put("mov", Moves::mov);
        rules.put("movz", Moves::mov);
        rules.put("movn", Moves::movn);
        rules.put("movk", Moves::movk);
        rules.put("adr", Moves::adr);
        rules.put("adrp", Moves::adrp);
    }

    private static void mov(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        if (i.operand(0) instanceof Operand.Word w && w.text().startsWith("v")) {
            VectorState.effect(i);
            return;
        }
        int width = i.width(0);
        // "add sp, x0, #0" is printed as a move, and its zero may be relocated.
        Expr low = i.isRegister(1) ? i.relocations().low12(0) : null;
        if (low != null) {
            i.set(0, i.x.add(i.get(1), low));
            return;
        }
        // movz is printed as mov unless the number is zero and shifted; the relocation is asked for anyway.
        Expr slice = i.isRegister(1) ? null : i.relocations().slice(16 * i.field(21, 2));
        i.set(0, slice == null ? Operands.source(i, 1, width) : placed(i, slice, i.x.constant(0, width)));
    }

    private static void movn(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        i.set(0, i.x.not(Operands.source(i, 1, i.width(0))));
    }

    private static void movk(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        Expr slice = i.relocations().slice(16 * i.field(21, 2));
        i.set(0, placed(i, slice != null ? slice : i.x.constant(i.immediate(1), 16), i.get(0)));
    }

    /** {@code old} with 16 bits replaced where the encoding's shift says. */
    private static Expr placed(Insn i, Expr slice, Expr old) {
        return Bitfields.insert(i.x, old, slice, 16 * i.field(21, 2));
    }

    private static void adr(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        Expr address = i.relocations().address("ADR_PREL_LO21");
        i.set(0, address != null ? address : i.here(i.immediate(1)));
    }

    private static void adrp(Insn i) {
        i.kind(Lifted.Kind.MOVE);
        Exprs x = i.x;
        Expr page = x.constant(-4096, 64);
        Expr address = i.relocations().address("ADR_PREL_PG_HI21");
        address = address != null ? address : i.relocations().address("ADR_PREL_PG_HI21_NC");
        i.set(0, address != null ? x.and(address, page) : x.add(x.and(i.here(0), page), i.immediate(1)));
    }
}
