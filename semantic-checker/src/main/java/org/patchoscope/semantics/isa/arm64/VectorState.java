// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * The little of SVE and SME that entry code uses. Vector and predicate registers are not modelled: clearing them is
 * an effect by its text, the vector length an answer of the environment.
 */
final class VectorState {
    private VectorState() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("pfalse", "wrffr", "setffr", "smstop", "smstart")) {
            rules.put(form, VectorState::effect);
        }
        rules.put("rdvl", i -> length(i, "VL"));
        rules.put("rdsvl", i -> length(i, "SVL"));
    }

    /** A change of vector state only, known by its text. */
    static void effect(Insn i) {
        i.kind(Lifted.Kind.SYSTEM);
        i.effect(new SystemEffect.Mode(i.decoded.text()));
    }

    private static void length(Insn i, String name) {
        i.kind(Lifted.Kind.SYSTEM);
        i.emit(new Op.Effect(new SystemEffect.ReadRegister(name), List.of(), List.of(new Op.Result("t:length", 64))));
        Expr bytes = i.x.reg("t:length", 64);
        i.set(0, i.x.binary(BinaryOp.MUL, bytes, i.x.constant(i.immediate(1), 64)));
    }
}
