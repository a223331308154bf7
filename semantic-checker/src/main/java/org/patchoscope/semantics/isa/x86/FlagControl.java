// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Instructions on the flags register as such. Its bits: SDM vol. 1, section 3.4.3. {@code if}, {@code df} and
 * {@code ac} are registers of their own, the rest is the register {@code rflags}.
 */
final class FlagControl {
    private static final int INTERRUPT = 9;
    private static final int DIRECTION = 10;
    private static final int ALIGNMENT_CHECK = 18;
    private static final long ALWAYS_SET = 2;
    /** TF, IOPL, NT, RF, VM, VIF, VIP and ID. */
    private static final long OTHER = 0x100 | 0x3000 | 0x4000 | 0x10000 | 0x20000 | 0x80000 | 0x100000 | 0x200000;
    /** RF and VM are clear in the copy that is pushed: SDM vol. 2, PUSHF. */
    private static final long PUSHED = OTHER & ~0x30000L;

    /** What of the flags is no status of arithmetic. */
    private static final long SYSTEM = PUSHED | 1L << INTERRUPT | 1L << DIRECTION | 1L << ALIGNMENT_CHECK;

    private FlagControl() {}

    static void register(Map<String, Rule> rules) {
        rules.put("clc", i -> i.setFlag("cf", i.x.no()));
        rules.put("stc", i -> i.setFlag("cf", i.x.yes()));
        rules.put("cmc", i -> i.setFlag("cf", i.x.not(i.x.reg("cf", 1))));
        rules.put("cld", i -> i.setFlag("df", i.x.no()));
        rules.put("std", i -> i.setFlag("df", i.x.yes()));
        rules.put("lahf", FlagControl::load);
        rules.put("sahf", FlagControl::store);
        rules.put("pushfq", FlagControl::push);
        rules.put("popfq", FlagControl::pop);
    }

    private static void load(Insn i) {
        Exprs x = i.x;
        Expr all = x.constant(ALWAYS_SET, 8);
        for (String f : List.of("cf", "pf", "af", "zf", "sf")) {
            all = x.or(all, at(x, x.reg(f, 1), bit(f), 8));
        }
        i.setRegister("ah", all);
    }

    private static void store(Insn i) {
        Expr ah = Registers.read(i.x, "ah");
        for (String f : List.of("cf", "pf", "af", "zf", "sf")) {
            i.setFlag(f, i.x.extract(ah, bit(f), 1));
        }
    }

    private static int bit(String flag) {
        return Flags.BITS.getOrDefault(flag, 0);
    }

    private static Expr at(Exprs x, Expr flag, int bit, int width) {
        Expr low = bit == 0 ? flag : x.concat(flag, x.constant(0, bit));
        return x.zeroExtend(low, width);
    }

    private static void push(Insn i) {
        i.kind(Lifted.Kind.STORE);
        Exprs x = i.x;
        List<Op.Result> status = new ArrayList<>();
        Flags.ALL.forEach(f -> status.add(new Op.Result("t:" + f, 1)));
        i.emit(new Op.Effect(new SystemEffect.Hint("status flags at pushfq"), List.of(), status));
        Expr all = x.and(x.reg("rflags", 64), x.constant(PUSHED, 64));
        all = x.or(all, x.constant(ALWAYS_SET, 64));
        for (String f : Flags.ALL) {
            all = x.or(all, at(x, x.reg("t:" + f, 1), bit(f), 64));
        }
        all = x.or(all, at(x, x.reg("if", 1), INTERRUPT, 64));
        all = x.or(all, at(x, x.reg("df", 1), DIRECTION, 64));
        Stack.push(i, x.or(all, at(x, x.reg("ac", 1), ALIGNMENT_CHECK, 64)));
    }

    private static void pop(Insn i) {
        i.kind(Lifted.Kind.SYSTEM);
        Exprs x = i.x;
        Expr value = Stack.pop(i, "popped", 64);
        Flags.ALL.forEach(f -> i.setFlag(f, x.extract(value, bit(f), 1)));
        i.setFlag("df", x.extract(value, DIRECTION, 1));
        i.setFlag("ac", x.extract(value, ALIGNMENT_CHECK, 1));
        i.setFull("rflags", x.and(value, x.constant(PUSHED, 64)));
        i.setFlag("if", x.extract(value, INTERRUPT, 1));
        i.effect(new SystemEffect.Mode("popfq"), x.and(value, x.constant(SYSTEM, 64)));
    }
}
