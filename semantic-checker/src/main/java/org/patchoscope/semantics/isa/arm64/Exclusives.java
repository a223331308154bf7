// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.Op.Access;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Load- and store-exclusive. Whether a store succeeds is the environment's answer: one bit, set on failure. The
 * stored value then is the one that memory has, so that a retry loop does its work once.
 */
final class Exclusives {
    private Exclusives() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("ldxr", "ldaxr")) {
            rules.put(form, i -> load(i, i.width(0)));
            rules.put(form + "b", i -> load(i, 8));
            rules.put(form + "h", i -> load(i, 16));
        }
        for (String form : List.of("stxr", "stlxr")) {
            rules.put(form, i -> store(i, i.width(1)));
            rules.put(form + "b", i -> store(i, 8));
            rules.put(form + "h", i -> store(i, 16));
        }
        rules.put("ldxp", Exclusives::loadPair);
        rules.put("ldaxp", Exclusives::loadPair);
        rules.put("stxp", Exclusives::storePair);
        rules.put("stlxp", Exclusives::storePair);
        rules.put("clrex", i -> {
            i.kind(Lifted.Kind.SYSTEM);
            i.effect(new SystemEffect.Hint("clrex"));
        });
    }

    private static void load(Insn i, int bits) {
        i.kind(Lifted.Kind.LOAD);
        i.emit(new Op.Load("t:0", bits, Addresses.of(i, 1, bits).address(), Access.ATOMIC));
        i.set(0, i.x.zeroExtend(i.x.reg("t:0", bits), i.width(0)));
    }

    private static void loadPair(Insn i) {
        i.kind(Lifted.Kind.LOAD);
        int bits = i.width(0);
        Expr address = Addresses.of(i, 2, bits).address();
        i.emit(new Op.Load("t:0", bits, address, Access.ATOMIC));
        i.emit(new Op.Load("t:1", bits, i.x.add(address, bits / 8), Access.ATOMIC));
        i.set(0, i.x.reg("t:0", bits));
        i.set(1, i.x.reg("t:1", bits));
    }

    private static void store(Insn i, int bits) {
        i.kind(Lifted.Kind.STORE);
        Expr failed = status(i);
        storeUnless(i, failed, 0, Addresses.of(i, 2, bits).address(), i.x.extract(i.get(1), 0, bits));
        i.set(0, i.x.zeroExtend(failed, 32));
    }

    private static void storePair(Insn i) {
        i.kind(Lifted.Kind.STORE);
        int bits = i.width(1);
        Expr address = Addresses.of(i, 3, bits).address();
        Expr failed = status(i);
        storeUnless(i, failed, 0, address, i.get(1));
        storeUnless(i, failed, 1, i.x.add(address, bits / 8), i.get(2));
        i.set(0, i.x.zeroExtend(failed, 32));
    }

    private static Expr status(Insn i) {
        SystemEffect effect = new SystemEffect.Hint("exclusive status");
        i.emit(new Op.Effect(effect, List.of(), List.of(new Op.Result("t:failed", 1))));
        return i.x.reg("t:failed", 1);
    }

    private static void storeUnless(Insn i, Expr failed, int number, Expr address, Expr value) {
        Exprs x = i.x;
        String old = "t:old" + number;
        i.emit(new Op.Load(old, value.width(), address, Access.ATOMIC));
        i.emit(new Op.Store(address, x.ite(failed, x.reg(old, value.width()), value), Access.ATOMIC));
    }
}
