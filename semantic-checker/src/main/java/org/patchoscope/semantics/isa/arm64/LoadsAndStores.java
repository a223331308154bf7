// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.Op.Access;

/** Loads and stores of one register. */
final class LoadsAndStores {
    private LoadsAndStores() {}

    static void register(Map<String, Rule> rules) {
        family(rules, "ldr", "str", Access.PLAIN, true);
        family(rules, "ldur", "stur", Access.PLAIN, true);
        family(rules, "ldtr", "sttr", Access.USER, true);
        family(rules, "ldar", "stlr", Access.ORDERED, false);
        family(rules, "ldlar", "stllr", Access.ORDERED, false);
        family(rules, "ldapr", "stlr", Access.ORDERED, false);
        family(rules, "ldapur", "stlur", Access.ORDERED, true);
    }

    /** All sizes; {@code signed} where there are loads that extend the sign. */
    private static void family(Map<String, Rule> rules, String load, String store, Access access, boolean signed) {
        rules.put(load, i -> load(i, i.width(0), false, access));
        rules.put(load + "b", i -> load(i, 8, false, access));
        rules.put(load + "h", i -> load(i, 16, false, access));
        rules.put(store, i -> store(i, i.width(0), access));
        rules.put(store + "b", i -> store(i, 8, access));
        rules.put(store + "h", i -> store(i, 16, access));
        if (signed) {
            rules.put(load + "sb", i -> load(i, 8, true, access));
            rules.put(load + "sh", i -> load(i, 16, true, access));
            rules.put(load + "sw", i -> load(i, 32, true, access));
        }
    }

    private static void load(Insn i, int bits, boolean signed, Access access) {
        i.kind(Lifted.Kind.LOAD);
        Addresses a = Addresses.of(i, 1, bits);
        i.emit(new Op.Load("t:0", bits, a.address(), access));
        a.emitUpdate(i);
        Expr value = i.x.reg("t:0", bits);
        int width = i.width(0);
        i.set(0, signed ? i.x.signExtend(value, width) : i.x.zeroExtend(value, width));
    }

    private static void store(Insn i, int bits, Access access) {
        i.kind(Lifted.Kind.STORE);
        Addresses a = Addresses.of(i, 1, bits);
        i.emit(new Op.Store(a.address(), i.x.extract(i.get(0), 0, bits), access));
        a.emitUpdate(i);
    }
}
