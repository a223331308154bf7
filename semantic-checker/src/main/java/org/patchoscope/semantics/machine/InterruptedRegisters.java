// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.trace.Premise;

/**
 * What is known of the C functions that x86-64 vectors call, of the interrupted registers behind the pointer that they get.
 *
 * <p>No handler changes the privilege level of what has been interrupted: {@code cs} is written for code of the user's alone, by ptrace, by
 * {@code sigreturn} and when a program is started, and always to a selector of level 3 (putreg() in arch/x86/kernel/ptrace.c,
 * restore_sigcontext() in arch/x86/kernel/signal_64.c, start_thread_common() in arch/x86/kernel/process_64.c).
 */
final class InterruptedRegisters {
    private static final String STRUCTURE = "pt_regs";

    private static final String SELECTOR = "cs";

    private final Program program;
    private final Exprs x;
    private final MemoryModel memory;
    private final StackPointer stack;

    /** A selector whose level is known, before a call. */
    record Level(Expr address, Expr level) {}

    InterruptedRegisters(Program program, MemoryModel memory, StackPointer stack) {
        this.program = program;
        this.x = program.exprs();
        this.memory = memory;
        this.stack = stack;
    }

    /** Copies the registers and gives where they are now; empty where debug information does not know how large they are. */
    Optional<Expr> move(State s, Expr from) {
        DebugInfo.Structure registers = program.debug().structures().get(STRUCTURE);
        if (registers == null) {
            return Optional.empty();
        }
        Expr to = x.add(stack.top(), -registers.size());
        for (int offset = 0; offset < registers.size(); offset += 8) {
            memory.store(s, x.add(to, offset), memory.load(s, x.add(from, offset), 64));
        }
        s.notes.add(new Premise.RegistersMoved());
        return Optional.of(to);
    }

    /** The levels behind the arguments of a handler. */
    List<Level> before(State s, Prototype handler, List<Expr> arguments) {
        List<Level> all = new ArrayList<>();
        Optional<Integer> selector = selector();
        for (int i = 0; selector.isPresent() && i < handler.parameters().size(); i++) {
            if (handler.parameters().get(i).pointee().filter(STRUCTURE::equals).isPresent()) {
                Expr address = x.add(arguments.get(i), selector.get());
                Expr level = x.extract(memory.load(s, address, 64), 0, Vector.LEVEL_BITS);
                if (level instanceof Expr.Const) {
                    all.add(new Level(address, level));
                }
            }
        }
        return all;
    }

    /** The same levels after the call, with all else that they lie in unknown. */
    void after(State s, List<Level> levels) {
        for (Level l : levels) {
            s.notes.add(new Premise.PrivilegeLevelKept());
            Expr now = memory.load(s, l.address(), 64);
            memory.store(
                    s, l.address(), x.concat(x.extract(now, Vector.LEVEL_BITS, 64 - Vector.LEVEL_BITS), l.level()));
        }
    }

    private Optional<Integer> selector() {
        return program.debug().member(STRUCTURE, SELECTOR).map(DebugInfo.Member::offset);
    }
}
