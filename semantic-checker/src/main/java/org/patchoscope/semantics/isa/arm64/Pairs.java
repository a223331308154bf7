// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.Op.Access;

/** Loads and stores of two registers. */
final class Pairs {
    private Pairs() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("ldp", "ldnp")) {
            rules.put(form, i -> load(i, i.width(0), Access.PLAIN));
        }
        rules.put("ldpsw", i -> load(i, 32, Access.PLAIN));
        rules.put("ldtp", i -> load(i, 64, Access.USER));
        for (String form : List.of("stp", "stnp")) {
            rules.put(form, i -> store(i, Access.PLAIN));
        }
        rules.put("sttp", i -> store(i, Access.USER));
    }

    /** Both are read before either is written: the first may be the base. */
    private static void load(Insn i, int bits, Access access) {
        i.kind(Lifted.Kind.LOAD);
        Exprs x = i.x;
        Addresses a = Addresses.of(i, 2, bits);
        i.emit(new Op.Load("t:0", bits, a.address(), access));
        i.emit(new Op.Load("t:1", bits, x.add(a.address(), bits / 8), access));
        a.emitUpdate(i);
        i.set(0, x.signExtend(x.reg("t:0", bits), i.width(0)));
        i.set(1, x.signExtend(x.reg("t:1", bits), i.width(1)));
    }

    private static void store(Insn i, Access access) {
        i.kind(Lifted.Kind.STORE);
        int bits = i.width(0);
        Addresses a = Addresses.of(i, 2, bits);
        i.emit(new Op.Store(a.address(), i.get(0), access));
        i.emit(new Op.Store(i.x.add(a.address(), bits / 8), i.get(1), access));
        a.emitUpdate(i);
    }
}
