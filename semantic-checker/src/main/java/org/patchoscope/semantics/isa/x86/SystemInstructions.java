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
 * System instructions: barriers, changes of mode, traps and the ways out of the kernel. Sources: SDM vol. 2;
 * for {@code eretu} and {@code erets} the FRED specification, chapter 6.
 */
final class SystemInstructions {
    private static final int IRET_FRAME_WORDS = 5;
    private static final int FRED_FRAME_WORDS = 6;

    private SystemInstructions() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("lfence", "mfence", "sfence", "serialize")) {
            rules.put(form, system(i -> i.effect(new SystemEffect.Barrier(form))));
        }
        rules.put("sti", system(i -> i.effect(new SystemEffect.InterruptMask(false, 1))));
        rules.put("cli", system(i -> i.effect(new SystemEffect.InterruptMask(true, 1))));
        rules.put("stac", system(i -> alignmentCheck(i, i.x.yes())));
        rules.put("clac", system(i -> alignmentCheck(i, i.x.no())));
        rules.put("swapgs", system(SystemInstructions::swapGs));
        // Which memory operand verw names is no difference: it stands for clearing the processor's buffers.
        rules.put("verw", system(i -> {
            i.get(0);
            i.emit(new Op.Effect(new SystemEffect.Mode("verw"), List.of(), List.of(new Op.Result("t:writable", 1))));
            i.setFlag("zf", i.x.reg("t:writable", 1));
        }));
        for (String form : List.of("hlt", "wbinvd", "invd", "clts", "fninit", "fnclex", "emms", "monitor", "mwait")) {
            rules.put(form, system(SystemInstructions::mode));
        }
        traps(rules);
        exits(rules);
        operands(rules);
    }

    private static Rule system(Rule rule) {
        return i -> {
            i.kind(Lifted.Kind.SYSTEM);
            rule.lift(i);
        };
    }

    private static void mode(Insn i) {
        i.effect(new SystemEffect.Mode(i.mnemonic()));
    }

    private static void alignmentCheck(Insn i, Expr bit) {
        i.setFlag("ac", bit);
        mode(i);
    }

    private static void swapGs(Insn i) {
        Exprs x = i.x;
        Expr active = i.keep("gs", x.reg("gsbase", 64));
        i.setFull("gsbase", x.reg("kernelgsbase", 64));
        i.setFull("kernelgsbase", active);
        mode(i);
    }

    private static void traps(Map<String, Rule> rules) {
        for (String form : List.of("ud2", "ud1", "int3")) {
            rules.put(form, system(i -> i.emit(new Op.Trap(form, 0))));
        }
        rules.put("int", system(i -> i.emit(new Op.Trap("int", i.immediate(0)))));
    }

    private static void exits(Map<String, Rule> rules) {
        rules.put("iretq", system(i -> exit(i, IRET_FRAME_WORDS)));
        rules.put("eretu", system(i -> exit(i, FRED_FRAME_WORDS)));
        rules.put("erets", system(i -> exit(i, FRED_FRAME_WORDS)));
        rules.put("sysretq", system(i -> exit(i, 0)));
        rules.put("sysret", system(i -> exit(i, 0)));
        rules.put("sysexitq", system(i -> exit(i, 0)));
    }

    /** All general-purpose registers, and the frame on the stack that the instruction pops. */
    private static void exit(Insn i, int words) {
        Exprs x = i.x;
        List<Expr> state = new ArrayList<>();
        for (String r : Registers.ALL) {
            if (words == 0 || !r.equals("rsp")) {
                state.add(x.reg(r, 64));
            }
        }
        for (int w = 0; w < words; w++) {
            state.add(i.load("frame" + w, x.add(Stack.pointer(x), 8L * w), 64));
        }
        i.emit(new Op.Exit(i.mnemonic().equals("sysret") ? "sysretl" : i.mnemonic(), state));
    }

    private static void operands(Map<String, Rule> rules) {
        for (String form : List.of("invlpg", "invpcid", "invlpgb", "tlbsync", "clflush", "clflushopt", "clwb")) {
            rules.put(form, system(SystemInstructions::maintain));
        }
        rules.put("out", system(i -> i.effect(new SystemEffect.Mode("out"), port(i, 0), i.get(1))));
        rules.put("in", system(i -> {
            answered(i, "in", List.of(port(i, 1)), List.of(new Op.Result("t:read", i.width(0))));
            i.set(0, i.x.reg("t:read", i.width(0)));
        }));
        rules.put("cpuid", system(SystemInstructions::identify));
        rules.put("lar", system(SystemInstructions::descriptor));
        rules.put("lsl", system(SystemInstructions::descriptor));
    }

    private static Expr port(Insn i, int operand) {
        return i.isImmediate(operand) ? i.x.constant(i.immediate(operand) & 0xff, 16) : i.get(operand);
    }

    static void answered(Insn i, String text, List<Expr> arguments, List<Op.Result> results) {
        i.emit(new Op.Effect(new SystemEffect.Mode(text), arguments, results));
    }

    private static void maintain(Insn i) {
        List<Expr> arguments = new ArrayList<>();
        for (int k = 0; k < i.count(); k++) {
            arguments.add(i.isMemory(k) ? i.address(k) : i.get(k));
        }
        i.emit(new Op.Effect(new SystemEffect.Maintenance(i.mnemonic()), arguments, List.of()));
    }

    private static void identify(Insn i) {
        Exprs x = i.x;
        List<Op.Result> results = new ArrayList<>();
        for (char r : "abcd".toCharArray()) {
            results.add(new Op.Result("t:" + r, 32));
        }
        answered(i, "cpuid", List.of(Registers.read(x, "eax"), Registers.read(x, "ecx")), results);
        for (char r : "abcd".toCharArray()) {
            i.setRegister("e" + r + "x", x.reg("t:" + r, 32));
        }
    }

    /** What a selector's descriptor says; the destination stays where the selector is not valid. */
    private static void descriptor(Insn i) {
        Exprs x = i.x;
        int w = i.width(0);
        Expr selector = x.extract(i.get(1), 0, 16);
        answered(i, i.mnemonic(), List.of(selector), List.of(new Op.Result("t:valid", 1), new Op.Result("t:read", w)));
        i.setFlag("zf", x.reg("t:valid", 1));
        Registers.Part p = Registers.part(i.register(0));
        Expr read = Registers.merged(x, p, x.reg("t:read", w));
        i.setFull(p.full(), x.ite(x.reg("t:valid", 1), read, x.reg(p.full(), 64)));
    }
}
