// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;

/**
 * Stack memory that the outside is told the address of. Debug information says which variable that is
 * and how large; from then on it is an object of its own, named by the order in which such variables
 * became known, because where in the frame a compiler puts it is nobody's business.
 */
final class StackEscapes {
    /** More than any stack is large. */
    private static final long CALLERS = 1 << 20;

    private final Exprs x;
    private final MemoryModel memory;
    private final StackPointer stack;
    private final Program program;
    private final Abi abi;

    StackEscapes(Program program, MemoryModel memory, StackPointer stack, Abi abi) {
        this.program = program;
        this.x = program.exprs();
        this.memory = memory;
        this.stack = stack;
        this.abi = abi;
    }

    /** Whether a base is that of a variable on the stack whose address became known. */
    static boolean isLocal(Expr base) {
        return base instanceof Expr.Sym s && s.name().startsWith("&local#");
    }

    /** {@code value} as the outside may see it: pointers into the stack become pointers to named variables. */
    Expr publish(State s, Expr value) {
        return publish(s, value, 0);
    }

    /** The same for a pointer to an object of {@code size} bytes, 0 if only debug information can tell. */
    Expr publish(State s, Expr value, int size) {
        return publish(s, value, size, new HashMap<>());
    }

    private Expr publish(State s, Expr value, int size, Map<Expr, Expr> done) {
        if (value.width() == 64 && Address.of(x, value) instanceof Address.Choice c) {
            Expr known = done.get(value);
            if (known == null) {
                Expr one = publish(s, c.whenTrue(), size, done);
                Expr two = publish(s, c.whenFalse(), size, done);
                known = one == c.whenTrue() && two == c.whenFalse() ? value : x.ite(c.condition(), one, two);
                done.put(value, known);
            }
            return known;
        }
        if (value.width() != 64
                || !(Address.of(x, value) instanceof Address.Fixed f)
                || !MemoryModel.isStack(f.base())) {
            return value;
        }
        for (State.Escaped e : s.escaped) {
            if (f.offset() >= e.start() && f.offset() < e.end()) {
                return x.add(e.base(), f.offset() - e.start());
            }
        }
        State.Escaped e = interruptedRegisters(s, f.offset(), size).orElseGet(() -> variableAt(s, f.offset(), size));
        s.escaped.add(e);
        s.memory.rebase(f.base(), e.start(), e.end(), e.base(), memory.origin(s));
        return x.add(e.base(), f.offset() - e.start());
    }

    /**
     * The registers that an entry has put on the stack: the user's are at the end of the task's stack, where all look for them
     * (task_pt_regs()), the kernel's wherever it was interrupted.
     */
    private Optional<State.Escaped> interruptedRegisters(State s, long offset, int size) {
        DebugInfo.Structure registers = program.debug().structures().get("pt_regs");
        if (registers == null || size != registers.size() || !s.entered) {
            return Optional.empty();
        }
        if (s.savedAt != null && s.savedAt.offset() != offset) {
            return Optional.empty();
        }
        boolean users = s.savedAt != null
                ? s.savedAt.user()
                : x.add(stack.top(), -size) == x.add(x.sym(MemoryModel.STACK, 64), offset);
        Expr name = x.sym(users ? "regs" : "interrupted regs", 64);
        boolean taken = s.escaped.stream().anyMatch(e -> e.base() == name)
                || s.memory.written(x.constant(0, 64), memory.origin(s)).keySet().stream()
                        .anyMatch(c -> c.base() == name);
        if (!taken && !users) {
            s.registers.put(Context.ROOM, x.constant(-(offset + size), 64));
        }
        return taken ? Optional.empty() : Optional.of(new State.Escaped(offset, offset + size, name));
    }

    /** Publishes pointers that shared memory holds, until there are no more. */
    Map<Cell, Event.Write> publishedMemory(State s) {
        Expr stack = x.sym(MemoryModel.STACK, 64);
        int before;
        Map<Cell, Event.Write> shared;
        do {
            before = s.escaped.size();
            shared = memory.represented(s, s.memory.written(stack, memory.origin(s)));
            shared.replaceAll((c, w) -> new Event.Write(publish(s, w.value()), w.original()));
        } while (s.escaped.size() != before);
        return shared;
    }

    private boolean isAssembly(State s) {
        DebugInfo.Prototype type = program.debug().prototypes().get(s.function().name());
        return type == null || !type.defined();
    }

    private State.Escaped variableAt(State s, long offset, int size) {
        Expr name = x.sym("&local#" + (s.escaped.size() + 1), 64);
        for (int i = s.calls.size() - 1; i >= 0; i--) {
            boolean top = i == s.calls.size() - 1;
            Expr fp = top ? register(s, abi.framePointer()) : s.calls.get(i + 1).framePointer();
            Expr sp = top ? register(s, abi.stackPointer()) : s.calls.get(i + 1).callerStack();
            State.Escaped found = null;
            // Spilled values may share the place with the variable: the largest is the one that is pointed to.
            for (DebugInfo.Local l : program.debug()
                    .locals()
                    .getOrDefault(s.calls.get(i).function().name(), List.of())) {
                if (Address.of(x, l.stackPointerBase() ? sp : fp) instanceof Address.Fixed f
                        && MemoryModel.isStack(f.base())) {
                    long start = f.offset() + l.offset();
                    boolean larger = found == null || l.size() > found.end() - found.start();
                    if (offset >= start && offset < start + l.size() && larger) {
                        found = new State.Escaped(start, start + l.size(), name);
                    }
                }
            }
            if (found != null) {
                return found;
            }
        }
        if (size > 0) {
            return new State.Escaped(offset, offset + size, name);
        }
        if (isAssembly(s) && !s.entered && s.calls.size() == 1) {
            // Assembly that gives its stack away gives away what it has put there, as cpu_switch_to does.
            long start = abi.returnOnStack() ? 8 : 0;
            return offset < start
                    ? new State.Escaped(offset, start, name)
                    : new State.Escaped(start, CALLERS, x.sym("the caller's stack", 64));
        }
        throw new MemoryModel.Unmodelled("the address of stack memory of unknown extent becomes known outside");
    }

    private static Expr register(State s, String name) {
        Expr value = s.registers.get(name);
        if (value == null) {
            throw new MemoryModel.Unmodelled("register " + name + " has no value");
        }
        return value;
    }
}
