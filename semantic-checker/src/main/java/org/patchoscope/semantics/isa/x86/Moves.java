// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;

/** Moves, extensions and selections: SDM vol. 2. */
final class Moves {
    private Moves() {}

    static void register(Map<String, Rule> rules) {
        rules.put("mov", Moves::move);
        rules.put("movabs", Moves::move);
        rules.put("lea", i -> i.set(0, i.x.resize(i.effectiveAddress(1), i.width(0))));
        rules.put("movzx", i -> extend(i, i.x.zeroExtend(i.get(1), i.width(0))));
        rules.put("movsx", i -> extend(i, i.x.signExtend(i.get(1), i.width(0))));
        rules.put("movsxd", i -> extend(i, i.x.signExtend(i.get(1), i.width(0))));
        rules.put("movbe", i -> move(i, 0, swapped(i.x, i.get(1))));
        rules.put("bswap", i -> i.set(0, swapped(i.x, i.get(0))));
        rules.put("cbw", i -> widen(i, "al", "ax"));
        rules.put("cwde", i -> widen(i, "ax", "eax"));
        rules.put("cdqe", i -> widen(i, "eax", "rax"));
        rules.put("cwd", i -> spread(i, "ax", "dx"));
        rules.put("cdq", i -> spread(i, "eax", "edx"));
        rules.put("cqo", i -> spread(i, "rax", "rdx"));
        for (String condition : Flags.CONDITIONS) {
            rules.put("cmov" + condition, i -> choose(i, Flags.condition(i.x, condition)));
            rules.put("set" + condition, i -> {
                i.kind(i.isMemory(0) ? Lifted.Kind.STORE : Lifted.Kind.MOVE);
                i.set(0, i.x.zeroExtend(Flags.condition(i.x, condition), 8));
            });
        }
    }

    private static void move(Insn i) {
        if (SystemRegisters.isMove(i)) {
            SystemRegisters.move(i);
            return;
        }
        move(i, 0, i.get(1, i.width(0)));
    }

    private static void move(Insn i, int to, Expr value) {
        boolean load = i.isMemory(1);
        i.kind(i.isMemory(to) ? Lifted.Kind.STORE : load ? Lifted.Kind.LOAD : Lifted.Kind.MOVE);
        i.set(to, value);
    }

    private static void extend(Insn i, Expr value) {
        i.kind(i.isMemory(1) ? Lifted.Kind.LOAD : Lifted.Kind.MOVE);
        i.set(0, value);
    }

    private static Expr swapped(Exprs x, Expr value) {
        if (value.width() < 32) {
            return x.concat(x.extract(value, 0, 8), x.extract(value, 8, 8));
        }
        Expr out = x.extract(value, 0, 8);
        for (int bit = 8; bit < value.width(); bit += 8) {
            out = x.concat(out, x.extract(value, bit, 8));
        }
        return out;
    }

    private static void widen(Insn i, String from, String to) {
        Expr value = Registers.read(i.x, from);
        i.setRegister(to, i.x.signExtend(value, 2 * value.width()));
    }

    private static void spread(Insn i, String from, String to) {
        Expr value = Registers.read(i.x, from);
        i.setRegister(to, i.x.signExtend(Flags.sign(i.x, value), value.width()));
    }

    /** A 32-bit register is zero-extended even where the condition does not hold. */
    private static void choose(Insn i, Expr condition) {
        i.kind(i.isMemory(1) ? Lifted.Kind.LOAD : Lifted.Kind.MOVE);
        i.set(0, i.x.ite(condition, i.get(1), i.get(0)));
    }
}
