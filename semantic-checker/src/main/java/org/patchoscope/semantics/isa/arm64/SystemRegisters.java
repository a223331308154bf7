// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;

/** System registers, cache and TLB maintenance, traps and calls to higher exception levels. */
final class SystemRegisters {
    /** Bits of PSTATE that an immediate sets: Arm ARM, C6.2, MSR (immediate). */
    private static final Set<String> PSTATE = Set.of("PAN", "UAO", "DIT", "TCO", "SSBS", "ALLINT");

    private SystemRegisters() {}

    static void register(Map<String, Rule> rules) {
        rules.put("mrs", system(SystemRegisters::read));
        rules.put("msr", system(SystemRegisters::write));
        for (String form : List.of("dc", "ic", "at", "tlbi", "cfp", "cpp", "dvp", "cosp")) {
            rules.put(form, system(SystemRegisters::maintain));
        }
        for (String form : List.of("brk", "hlt", "svc", "udf")) {
            rules.put(form, system(i -> i.emit(new Op.Trap(form, i.immediate(0)))));
        }
        for (String form : List.of("hvc", "smc")) {
            rules.put(form, system(i -> i.emit(FirmwareCalls.call(i.x, i.decoded.text()))));
        }
    }

    private static Rule system(Rule rule) {
        return i -> {
            i.kind(Lifted.Kind.SYSTEM);
            rule.lift(i);
        };
    }

    private static void read(Insn i) {
        String name = i.name(1);
        Exprs x = i.x;
        if (name.equals("NZCV")) {
            Expr flags = x.concat(x.concat(x.reg("n", 1), x.reg("z", 1)), x.concat(x.reg("c", 1), x.reg("v", 1)));
            i.set(0, x.zeroExtend(x.concat(flags, x.constant(0, 28)), 64));
            return;
        }
        String target = Registers.isZero(i.register(0)) ? "t:0" : i.register(0);
        i.emit(new Op.Effect(
                new SystemEffect.ReadRegister(name), List.of(), List.of(new Op.Result(target, i.width(0)))));
    }

    private static void write(Insn i) {
        String name = i.name(0);
        if (!i.isRegister(1)) {
            writeField(i, name);
        } else if (name.equals("NZCV")) {
            Expr value = i.get(1);
            int bit = 31;
            for (String flag : List.of("n", "z", "c", "v")) {
                i.setFlag(flag, i.x.extract(value, bit--, 1));
            }
        } else {
            i.effect(new SystemEffect.WriteRegister(name), i.get(1));
        }
    }

    private static void writeField(Insn i, String name) {
        int bits = (int) i.immediate(1);
        switch (name) {
            case "DAIFSET" -> i.effect(new SystemEffect.InterruptMask(true, bits));
            case "DAIFCLR" -> i.effect(new SystemEffect.InterruptMask(false, bits));
            default -> {
                if (PSTATE.contains(name)) {
                    i.setFlag("pstate:" + name, i.x.constant(bits & 1, 1));
                }
                i.effect(new SystemEffect.Mode(i.decoded.text()));
            }
        }
    }

    /** The text has no register name in it: which register holds the address is no difference. */
    private static void maintain(Insn i) {
        String operation = i.name(0);
        if (i.mnemonic().equals("dc") && operation.endsWith("va") && operation.contains("z")
                || operation.startsWith("g")) {
            throw new NotLifted("writes memory or tags");
        }
        SystemEffect effect = new SystemEffect.Maintenance(i.mnemonic() + " " + operation);
        if (i.isRegister(1)) {
            i.effect(effect, i.get(1));
        } else {
            i.effect(effect);
        }
    }
}
