// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.regex.Pattern;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Retries;
import org.patchoscope.semantics.trace.Event;

/**
 * System instructions. A system register keeps its value until the path writes it; counters give a new
 * value each time they are read.
 */
final class Systems {
    private final Exprs x;
    private final OpaqueCalls calls;
    private final Abi abi;
    private final ModelSpecificRegisters modelSpecific;
    private static final String READ = "read ";
    private static final Pattern ACTING =
            Pattern.compile("ICC_(NM|H)?IAR\\w*|RNDR(RS)?|S\\d_\\d_C\\d+_C\\d+_\\d+", Pattern.CASE_INSENSITIVE);

    /** Instructions of arm64 that sign x30, or check that it is signed. */
    private static final Pattern SIGNING = Pattern.compile("(?:pac|aut)i[ab](?:sp|z)");

    private final Retries retries;

    Systems(Program program, OpaqueCalls calls, Abi abi) {
        this.x = program.exprs();
        this.retries = new Retries(program);
        this.calls = calls;
        this.abi = abi;
        this.modelSpecific = new ModelSpecificRegisters(x);
    }

    /**
     * Whether reading the register does something: acknowledges an interrupt or takes a random number (Arm ARM, D24.10; GICv3,
     * 12.2), or, where the assembler has no name for it, perhaps traps.
     */
    static boolean shows(String register) {
        return ACTING.matcher(register).matches();
    }

    void effect(State s, Op.Effect op, List<Expr> arguments, Location here) {
        switch (op.effect()) {
            case SystemEffect.ReadRegister r
            when shows(r.name()) -> {
                Event e = calls.record(s, Event.Kind.SYSTEM, READ + r.name(), List.of(), here.toString(), false);
                Op.Result to = op.results().getFirst();
                s.registers.put(to.register(), x.sym("value of " + e.tag(), to.width()));
            }
            case SystemEffect.ReadRegister r -> read(s, r.name(), op.results());
            case SystemEffect.WriteRegister w -> {
                s.registers.put("sys:" + w.name(), arguments.getFirst());
                if (w.name().equals(abi.interrupts().register())) {
                    s.registers.put(w.name(), arguments.getFirst());
                }
                String tag = event(s, abi.writeSystem() + " " + w.name(), arguments, op, here);
                if (w.name().equals(abi.interrupts().register())) {
                    unmasked(s, tag);
                }
            }
            case SystemEffect.ReadModelSpecific r -> modelSpecific.read(s, arguments.getFirst(), op.results());
            case SystemEffect.WriteModelSpecific w -> event(s, modelSpecific.write(s, arguments), arguments, op, here);
            case SystemEffect.InterruptMask m -> {
                mask(s, m);
                unmasked(s, event(s, (m.set() ? "mask" : "unmask") + " interrupts", arguments, op, here));
            }
            case SystemEffect.Barrier b -> event(s, b.text(), arguments, op, here);
            case SystemEffect.Mode m -> event(s, m.text(), arguments, op, here);
            case SystemEffect.Maintenance m -> event(s, m.text(), arguments, op, here);
            case SystemEffect.Monitor m ->
                answers(s, op.results(), calls.monitor(s, m.text(), arguments, here.toString()));
            case SystemEffect.Hint h -> {
                if (SIGNING.matcher(h.text()).matches()) {
                    s.registers.computeIfPresent(Context.SIGNED, (r, signed) -> x.not(signed));
                }
                // A hint without a result leaves no trace: ways with and without a nop can join.
                if (!op.results().isEmpty() && retries.triedAgain(here)) {
                    op.results().forEach(r -> s.registers.put(r.register(), x.constant(0, r.width())));
                } else if (!op.results().isEmpty()) {
                    answers(s, op.results(), h.text() + "#" + s.nextOccurrence(h.text()));
                }
            }
        }
    }

    private void read(State s, String name, List<Op.Result> results) {
        Op.Result to = results.getFirst();
        Expr value;
        if (name.equalsIgnoreCase(abi.currentTask())) {
            value = s.registers.getOrDefault("sys:" + name, x.sym("current", 64));
        } else if (name.equals(abi.interrupts().register())) {
            value = OpaqueCalls.register(s, name);
        } else if (name.startsWith("CNT")) {
            value = new Numbered(x).value(s, name, 64, name + " read ");
        } else {
            value = s.registers.getOrDefault("sys:" + name, x.sym(name, 64));
        }
        s.registers.put(to.register(), x.resize(value, to.width()));
    }

    private void mask(State s, SystemEffect.InterruptMask m) {
        Abi.InterruptMask where = abi.interrupts();
        Expr bits = x.constant((long) m.bits() << where.shift(), where.width());
        Expr old = OpaqueCalls.register(s, where.register());
        boolean set = m.set() == where.offWhenSet();
        s.registers.put(where.register(), set ? x.or(old, bits) : x.binary(BinaryOp.AND, old, x.not(bits)));
    }

    /** From there on interrupts may be taken, unless they are off. */
    private void unmasked(State s, String tag) {
        if (!calls.interruptsOff(s)) {
            abi.context().interrupted(x, s.registers, tag);
        }
    }

    private String event(State s, String name, List<Expr> arguments, Op.Effect op, Location here) {
        Event e = calls.record(s, Event.Kind.SYSTEM, name, arguments, here.toString(), false);
        answers(s, op.results(), e.tag());
        return e.tag();
    }

    private void answers(State s, List<Op.Result> results, String tag) {
        for (Op.Result r : results) {
            s.registers.put(r.register(), x.sym(r.register() + " from " + tag, r.width()));
        }
    }
}
