// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.isa.Operand;

/** Control, debug, segment and model-specific registers, descriptor tables, counters. */
final class SystemRegisters {
    private static final Pattern CONTROL = Pattern.compile("[cd]r[0-9]+");
    private static final Set<String> SEGMENTS = Set.of("cs", "ds", "es", "fs", "gs", "ss");

    private SystemRegisters() {}

    static void register(Map<String, Rule> rules) {
        rules.put("rdmsr", system(SystemRegisters::readModelSpecific));
        rules.put("wrmsr", system(SystemRegisters::writeModelSpecific));
        // The same but for ordering: SDM vol. 2, WRMSRNS.
        rules.put("wrmsrns", system(SystemRegisters::writeModelSpecific));
        for (String base : List.of("fsbase", "gsbase")) {
            rules.put("rd" + base, system(i -> i.set(0, i.x.extract(i.x.reg(base, 64), 0, i.width(0)))));
            rules.put("wr" + base, system(i -> writeBase(i, base)));
        }
        rules.put("rdtsc", system(i -> pair(i, "rdtsc")));
        rules.put("rdtscp", system(i -> {
            pair(i, "rdtscp");
            answer(i, "rdtscp processor", 32);
            i.setRegister("ecx", i.x.reg("t:answer", 32));
        }));
        rules.put("rdpmc", system(SystemRegisters::counter));
        rules.put("rdpid", system(i -> {
            i.emit(new Op.Effect(new SystemEffect.ReadRegister("pid"), List.of(), List.of(new Op.Result("t:v", 64))));
            i.set(0, i.x.extract(i.x.reg("t:v", 64), 0, i.width(0)));
        }));
        rules.put("rdpkru", system(SystemRegisters::readKeys));
        rules.put("wrpkru", system(i -> i.effect(new SystemEffect.WriteRegister("pkru"), Registers.read(i.x, "eax"))));
        rules.put("lkgs", system(i -> {
            i.effect(new SystemEffect.WriteRegister("gs"), i.x.extract(i.get(0), 0, 16));
            i.undefine("kernelgsbase");
        }));
        for (String form : List.of("str", "sldt", "smsw")) {
            rules.put(form, system(i -> read(i, form, 0, 16)));
        }
        for (String form : List.of("ltr", "lldt", "lmsw")) {
            rules.put(form, system(i -> i.effect(new SystemEffect.WriteRegister(form), i.get(0))));
        }
        for (String form : List.of("sgdt", "sidt")) {
            rules.put(form, system(i -> storeTable(i, form)));
        }
        for (String form : List.of("lgdt", "lidt")) {
            rules.put(
                    form,
                    system(i -> i.effect(
                            new SystemEffect.Mode(form),
                            i.load("limit", i.address(0), 16),
                            i.load("base", i.x.add(i.address(0), 2), 64))));
        }
    }

    private static Rule system(Rule rule) {
        return i -> {
            i.kind(Lifted.Kind.SYSTEM);
            rule.lift(i);
        };
    }

    private static boolean isSystem(Operand o) {
        return o instanceof Operand.Register r
                && (SEGMENTS.contains(r.name()) || CONTROL.matcher(r.name()).matches());
    }

    /** Whether a {@code mov} is to or from a control, debug or segment register. */
    static boolean isMove(Insn i) {
        return isSystem(i.operand(0)) || isSystem(i.operand(1));
    }

    static void move(Insn i) {
        i.kind(Lifted.Kind.SYSTEM);
        if (isSystem(i.operand(1))) {
            String name = i.register(1);
            read(i, name, 0, SEGMENTS.contains(name) ? 16 : 64);
            return;
        }
        String name = i.register(0);
        if (!SEGMENTS.contains(name)) {
            i.effect(new SystemEffect.WriteRegister(name), i.get(1));
            return;
        }
        i.effect(new SystemEffect.WriteRegister(name), i.x.extract(i.get(1), 0, 16));
        if (name.equals("fs") || name.equals("gs")) {
            // The base comes from the descriptor then.
            i.undefine(name + "base");
        }
    }

    private static void read(Insn i, String name, int to, int width) {
        i.emit(new Op.Effect(new SystemEffect.ReadRegister(name), List.of(), List.of(new Op.Result("t:read", width))));
        int w = i.isMemory(to) ? width : i.width(to);
        i.set(to, i.x.resize(i.x.reg("t:read", width), w));
    }

    private static Expr joined(Exprs x) {
        return x.concat(Registers.read(x, "edx"), Registers.read(x, "eax"));
    }

    private static void split(Insn i, Expr value) {
        Expr kept = i.keep("both", value);
        i.setRegister("eax", i.x.extract(kept, 0, 32));
        i.setRegister("edx", i.x.extract(kept, 32, 32));
    }

    private static void readModelSpecific(Insn i) {
        Expr number = Registers.read(i.x, "ecx");
        i.emit(new Op.Effect(
                new SystemEffect.ReadModelSpecific(), List.of(number), List.of(new Op.Result("t:read", 64))));
        split(i, i.x.reg("t:read", 64));
    }

    private static void writeModelSpecific(Insn i) {
        i.effect(new SystemEffect.WriteModelSpecific(), Registers.read(i.x, "ecx"), joined(i.x));
    }

    private static void writeBase(Insn i, String base) {
        Expr value = i.x.zeroExtend(i.get(0), 64);
        i.setFull(base, value);
        i.effect(new SystemEffect.Mode("wr" + base), value);
    }

    private static void answer(Insn i, String name, int width) {
        i.emit(new Op.Effect(new SystemEffect.Hint(name), List.of(), List.of(new Op.Result("t:answer", width))));
    }

    private static void pair(Insn i, String name) {
        answer(i, name, 64);
        split(i, i.x.reg("t:answer", 64));
    }

    private static void counter(Insn i) {
        SystemInstructions.answered(
                i, "rdpmc", List.of(Registers.read(i.x, "ecx")), List.of(new Op.Result("t:answer", 64)));
        split(i, i.x.reg("t:answer", 64));
    }

    private static void readKeys(Insn i) {
        i.emit(new Op.Effect(new SystemEffect.ReadRegister("pkru"), List.of(), List.of(new Op.Result("t:read", 32))));
        i.setRegister("eax", i.x.reg("t:read", 32));
        i.setRegister("edx", i.x.constant(0, 32));
    }

    private static void storeTable(Insn i, String form) {
        Exprs x = i.x;
        SystemInstructions.answered(
                i, form, List.of(), List.of(new Op.Result("t:limit", 16), new Op.Result("t:base", 64)));
        i.store(i.address(0), x.reg("t:limit", 16));
        i.store(x.add(i.address(0), 2), x.reg("t:base", 64));
    }
}
