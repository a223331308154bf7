// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.arch.x86.X86Vectors;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.solver.Unknowns;

/** What the machine is like where the processor enters code by itself: one way for each origin that a vector has. */
final class Entry {
    /** More than any stack is large. */
    private static final long INTERRUPTED_STACK = 1 << 20;

    private final Program program;
    private final Exprs x;
    private final Abi abi;
    private final MemoryModel memory;

    Entry(Program program, Abi abi, MemoryModel memory) {
        this.program = program;
        this.x = program.exprs();
        this.abi = abi;
        this.memory = memory;
    }

    /** Asks for the next origin, or begins with the last. */
    Machine.Step step(State s, Vector v) {
        Vector.Origin origin = v.origins().get(s.originsRejected);
        if (s.originsRejected == v.origins().size() - 1) {
            begin(s, v, origin);
            return new Machine.Step.Continue();
        }
        return new Machine.Step.Fork(
                x.sym(origin.question(), 1), yes -> begin(yes, v, origin), no -> no.originsRejected++);
    }

    /** Enters a table of vectors at the next of its places, or, where that is not the case, at one behind it. */
    Machine.Step slot(State s) {
        Location at = s.pc.at(s.calls.getFirst().function().function().offset() + s.slots.getFirst());
        if (s.slots.size() == 1) {
            s.slots = List.of();
            s.pc = at;
            return new Machine.Step.Continue();
        }
        String name = s.calls.getFirst().function().name() + "+0x" + Long.toHexString(s.slots.getFirst());
        return new Machine.Step.Fork(
                x.sym("entered at " + name, 1),
                yes -> {
                    yes.slots = List.of();
                    yes.pc = at;
                },
                no -> no.slots = no.slots.subList(1, no.slots.size()));
    }

    private void begin(State s, Vector v, Vector.Origin origin) {
        s.entering = null;
        s.entered = true;
        if (v.saved() == Vector.Saved.AT_THE_STACK_POINTER) {
            s.savedAt = new State.SavedAt(0, origin.user());
            if (program.debug().structures().get("pt_regs") instanceof DebugInfo.Structure r) {
                s.escaped.add(new State.Escaped(
                        r.size(),
                        INTERRUPTED_STACK,
                        x.sym(origin.user() ? "end of the task's stack" : "interrupted stack", 64)));
            }
        }
        if (origin.user()) {
            s.registers.put(Context.FROM_USER, x.yes());
            abi.preserved().forEach(r -> s.registers.put(r, x.sym(Context.USERS + r, 64)));
        }
        origin.registers().forEach((r, i) -> s.registers.put(r, i.value(x)));
        List<Expr> frame = v.frame(x, origin);
        for (int i = 0; i < frame.size(); i++) {
            memory.store(s, x.add(x.sym(MemoryModel.STACK, 64), 8L * i), frame.get(i));
        }
    }

    /**
     * The fork, which puts the GS bases right where it finds out, in a vector, that the kernel was interrupted with the user's,
     * or that the exception comes from Xen.
     */
    Machine.Step noticing(State s, Machine.Step step) {
        if (!s.entered || !(step instanceof Machine.Step.Fork f)) {
            return step;
        }
        Machine.Step.Fork users = on(f, X86Vectors.faultWithUserGs(f.condition()), X86Vectors.WITH_USER_GS);
        return on(users, X86Vectors.fromXen(f.condition()), X86Vectors.WITH_KERNEL_GS);
    }

    private Machine.Step.Fork on(Machine.Step.Fork f, Optional<Boolean> when, Map<String, Abi.Initial> registers) {
        if (when.isEmpty()) {
            return f;
        }
        Consumer<State> change = s -> registers.forEach((r, i) -> s.registers.put(r, i.value(x)));
        return when.get()
                ? new Machine.Step.Fork(f.condition(), change.andThen(f.whenTrue()), f.whenFalse())
                : new Machine.Step.Fork(f.condition(), f.whenTrue(), change.andThen(f.whenFalse()));
    }

    /**
     * What is read from {@code __per_cpu_offset[]} for the processor that {@code lsl} tells of, which is this one: the base of its
     * variables (GET_PERCPU_BASE, arch/x86/entry/calling.h).
     */
    Optional<Expr> thisCpu(Expr address) {
        return Address.of(x, address) instanceof Address.Indexed i
                        && i.base() instanceof Expr.Sym b
                        && b.name().equals("&__per_cpu_offset")
                        && Unknowns.of(List.of(i.index())).stream().anyMatch(Entry::tellsTheCpu)
                ? Optional.of(x.sym(
                        abi.atEntry()
                                .getOrDefault(abi.perCpuBase(), new Abi.Initial(64, "none"))
                                .name(),
                        64))
                : Optional.empty();
    }

    private static boolean tellsTheCpu(Expr unknown) {
        return unknown instanceof Expr.Sym s && s.name().contains("lsl");
    }
}
