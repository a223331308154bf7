// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.machine.ModelSpecificRegisters;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.trace.Event;

/**
 * Executes code at concrete addresses on values that may be unknown, from a place to the exit from the kernel.
 * What becomes of an unknown that decides a branch, and of a call that is not followed, is for the subclass to say.
 * Exclusive stores succeed and accesses to user memory do not fault.
 */
public abstract class ConcreteInterpreter {
    private static final int STEPS = 200_000;

    protected final Program program;
    protected final Exprs x;
    protected final Abi abi;
    protected final AddressSpace space;
    protected final WordMemory memory;
    protected final Map<String, Expr> registers = new HashMap<>();
    protected final Map<String, Expr> system = new HashMap<>();
    private final Map<String, Integer> unknowns = new HashMap<>();

    /** {@code initial} gives what a word of memory holds before it is written. */
    protected ConcreteInterpreter(Program program, Abi abi, AddressSpace space, LongFunction<Expr> initial) {
        this.program = program;
        this.x = program.exprs();
        this.abi = abi;
        this.space = space;
        this.memory = new WordMemory(x, initial);
    }

    /** The instruction at a place. */
    protected abstract Lifted at(Location place);

    /** Which way a branch goes. */
    protected abstract boolean decide(Expr condition, Location here);

    /** Whether a function is not followed. */
    protected abstract boolean isOutside(Program.FunctionRef function);

    /** Records a call that is not followed, and what it returns and changes; clobbered registers are unknown already. */
    protected abstract void called(String callee);

    /** Before a call that is not followed, while its arguments are in their registers. */
    protected void calling(String callee) {}

    /** What is read where the address is unknown. */
    protected abstract Expr readAnywhere(Expr address, int width, Location here);

    /** Whether a trap ends the execution as an exit does; else it is not followed. */
    protected boolean endsInTrap() {
        return false;
    }

    /** What is said of an unknown that has to be known. */
    protected String open() {
        return "";
    }

    /** Writes where the address is unknown. */
    protected void writeAnywhere(Expr address, Location here) {
        number(address, "the address written", here);
    }

    /** Each instruction, before it is executed. */
    protected void executed(Lifted i, Location place) {}

    /** Before a function is followed. */
    protected void entered(long address) {}

    /** Executes until the exit, or a trap that ends it; its instruction is the result. */
    protected final String run(Location from) {
        Location pc = from;
        for (int step = 0; step < STEPS; step++) {
            checkInside(pc);
            Lifted i = at(pc);
            executed(i, pc);
            for (Op op : i.ops()) {
                if (op instanceof Op.Exit e) {
                    return e.instruction();
                }
                if (op instanceof Op.Trap t && endsInTrap()) {
                    return t.instruction();
                }
            }
            pc = execute(i, pc);
        }
        throw new Uncounted("more than " + STEPS + " instructions");
    }

    private static void checkInside(Location pc) {
        int size = pc.object().sections().get(pc.section()).data().length;
        if (pc.offset() < 0 || pc.offset() >= size) {
            throw new Uncounted("control runs off the end of the code before " + pc);
        }
    }

    /** Executes an instruction; the result is where the next one is. */
    private Location execute(Lifted i, Location here) {
        Location next = new Location(here.object(), here.section(), here.offset() + i.length());
        for (Op op : i.ops()) {
            switch (op) {
                case Op.Set s -> registers.put(s.register(), value(s.value(), here));
                case Op.Load l -> load(l, here);
                case Op.Store s -> store(s, here);
                case Op.Effect e -> effect(e, here);
                case Op.Branch b -> {
                    Expr condition = value(b.condition(), here);
                    if (condition instanceof Expr.Const c ? c.value() == 1 : decide(condition, here)) {
                        return inside(target(b.target(), here), here);
                    }
                }
                case Op.Jump j -> {
                    return jump(j.target(), here);
                }
                case Op.Call c -> {
                    return call(c.target(), here, next);
                }
                case Op.Return r -> {
                    return inside(number(value(r.address(), here), "where the function returns to", here), here);
                }
                case Op.Exit e -> throw new IllegalStateException("the exit is no step");
                case Op.Trap t -> throw new Uncounted("the path ends in " + t.instruction() + " at " + here);
                case Op.Unsupported u -> throw new Uncounted("instruction not modelled: " + u.reason() + " at " + here);
                case Op.Undefine u -> registers.remove(u.register());
                case Op.Check c ->
                    throw new Uncounted("an exception is not followed: " + c.exception() + " at " + here);
                case Op.Repeat r -> throw new Uncounted("a repeated instruction is not counted at " + here);
            }
        }
        return next;
    }

    private Expr value(Expr e, Location here) {
        return new Substitution(x, leaf -> switch (leaf) {
                    case Expr.Reg r -> register(r);
                    case Expr.Sym s
                    when s.name().startsWith("&") ->
                        x.constant(symbol(here, s.name().substring(1)), 64);
                    default -> null;
                })
                .apply(e);
    }

    /** Registers, and what is constant while a task runs, as they are when the processor enters the kernel. */
    protected final void enter(Optional<Vector.Origin> from, TaskMemory task) {
        abi.dwarf().forEach(r -> registers.put(r, x.sym("user " + r, 64)));
        abi.flags().forEach(f -> registers.put(f, x.sym("user " + f, 1)));
        abi.atEntry().forEach((r, i) -> registers.put(r, initial(i)));
        from.ifPresent(o -> o.registers().forEach((r, i) -> registers.put(r, initial(i))));
        abi.taskConstants()
                .forEach((variable, meaning) -> memory.store(task.variable(variable), taskConstant(meaning, task)));
    }

    private Expr taskConstant(String meaning, TaskMemory task) {
        return switch (meaning) {
            case "current" -> x.constant(task.start(), 64);
            case Abi.TOP_OF_STACK -> x.constant(task.stackTop(), 64);
            default -> x.sym(meaning, 64);
        };
    }

    protected final Expr initial(Abi.Initial i) {
        // This CPU's variables lie where their symbols are.
        return i.name().equals("percpu") ? x.constant(0, i.width()) : i.value(x);
    }

    private Expr register(Expr.Reg r) {
        Expr known = registers.get(r.name());
        return known != null ? known : fresh(r.name(), r.width());
    }

    protected final Expr fresh(String what, int width) {
        int n = unknowns.merge(what, 1, Integer::sum);
        return x.sym(n == 1 ? what : what + " #" + n, width);
    }

    private long symbol(Location here, String name) {
        return name.equals(".") ? space.base(here.object(), here.section()) : space.address(here.object(), name);
    }

    protected long number(Expr e, String what, Location here) {
        if (e instanceof Expr.Const c) {
            return c.value();
        }
        throw new Uncounted(what + " at " + here + " depends on " + DependsOn.words(e) + open());
    }

    private void load(Op.Load l, Location here) {
        Expr value;
        if (l.access() == Op.Access.USER) {
            value = fresh("user memory read at " + here, l.width());
        } else {
            Expr address = value(l.address(), here);
            value = address instanceof Expr.Const c
                    ? memory.load(c.value(), l.width())
                    : readAnywhere(address, l.width(), here);
        }
        registers.put(l.target(), l.target().startsWith("t:") ? value : x.zeroExtend(value, 64));
    }

    private void store(Op.Store s, Location here) {
        if (s.access() == Op.Access.USER) {
            return;
        }
        Expr address = value(s.address(), here);
        if (address instanceof Expr.Const c) {
            memory.store(c.value(), value(s.value(), here));
        } else {
            writeAnywhere(address, here);
        }
    }

    private void effect(Op.Effect e, Location here) {
        switch (e.effect()) {
            case SystemEffect.ReadRegister r -> {
                Op.Result to = e.results().getFirst();
                Expr held = system.computeIfAbsent(r.name(), n -> x.sym(n, 64));
                registers.put(to.register(), x.resize(held, to.width()));
            }
            case SystemEffect.WriteRegister w ->
                writeRegister(w.name(), value(e.arguments().getFirst(), here));
            case SystemEffect.InterruptMask m
            when abi.interrupts().width() == 1 ->
                registers.put(abi.interrupts().register(), x.constant(m.set() ? 0 : 1, 1));
            case SystemEffect.InterruptMask m -> {
                Expr bits = x.constant((long) m.bits() << 6, 64);
                Expr old = system.computeIfAbsent("DAIF", n -> x.sym(n, 64));
                system.put("DAIF", m.set() ? x.or(old, bits) : x.binary(BinaryOp.AND, old, x.not(bits)));
            }
            case SystemEffect.Monitor m -> {
                List.of("x0", "x1", "x2", "x3").forEach(r -> registers.put(r, fresh(r + " after " + m.text(), 64)));
                firmware(m.text());
            }
            // An exclusive store answers whether it failed.
            case SystemEffect.Hint h -> e.results().forEach(r -> registers.put(r.register(), x.constant(0, r.width())));
            case SystemEffect.Barrier b -> answers(e);
            case SystemEffect.Mode m -> answers(e);
            case SystemEffect.Maintenance m -> answers(e);
            case SystemEffect.ReadModelSpecific r -> readModelSpecific(e, here);
            case SystemEffect.WriteModelSpecific w -> writeModelSpecific(e, here);
        }
    }

    private void writeRegister(String name, Expr value) {
        if (name.equals(abi.interrupts().register()) && abi.interrupts().width() == 1) {
            registers.put(name, value);
        } else {
            system.put(name, x.resize(value, 64));
        }
    }

    private void readModelSpecific(Op.Effect e, Location here) {
        Expr number = value(e.arguments().getFirst(), here);
        Expr held = number instanceof Expr.Const c
                ? ModelSpecificRegisters.base(c.value()).map(registers::get).orElse(null)
                : null;
        if (held == null) {
            answers(e);
        } else {
            registers.put(
                    e.results().getFirst().register(),
                    ModelSpecificRegisters.signed(x, held, held instanceof Expr.Const));
        }
    }

    private void writeModelSpecific(Op.Effect e, Location here) {
        long number = number(value(e.arguments().getFirst(), here), "the number of the register written", here);
        ModelSpecificRegisters.base(number)
                .ifPresent(r -> registers.put(r, value(e.arguments().get(1), here)));
    }

    /** Named by what is asked and how often it has been, for places move from version to version. */
    private void answers(Op.Effect e) {
        e.results().forEach(r -> registers.put(r.register(), fresh("the answer of " + e.effect(), r.width())));
    }

    private long target(Op.CodeTarget t, Location here) {
        return switch (t) {
            case Op.CodeTarget.Local l -> space.base(here.object(), here.section()) + l.offset();
            case Op.CodeTarget.Symbol y -> space.address(here.object(), y.name()) + y.addend();
            case Op.CodeTarget.Indirect i -> number(value(i.address(), here), "where the jump goes", here);
        };
    }

    private Location inside(long address, Location here) {
        return space.code(address)
                .orElseThrow(() -> new Uncounted("control goes from " + here + " to " + space.describe(address)));
    }

    /** A call to firmware; its results are unknown already. */
    protected void firmware(String text) {}

    private Location jump(Op.CodeTarget t, Location here) {
        long to = target(t, here);
        Optional<String> name = callee(to);
        if (name.isEmpty()) {
            entered(to);
            return inside(to, here);
        }
        leave(name.get());
        if (!abi.returnOnStack()) {
            return inside(number(registers.getOrDefault(abi.link(), x.no()), "where the call returns to", here), here);
        }
        long stack = stackPointer(here);
        registers.put(abi.stackPointer(), x.constant(stack + 8, 64));
        return inside(number(memory.load(stack, 64), "where the call returns to", here), here);
    }

    private long stackPointer(Location here) {
        return number(registers.getOrDefault(abi.stackPointer(), x.no()), "the stack pointer", here);
    }

    private Location call(Op.CodeTarget t, Location here, Location next) {
        Expr address =
                t instanceof Op.CodeTarget.Indirect i ? value(i.address(), here) : x.constant(target(t, here), 64);
        if (!abi.returnOnStack()) {
            registers.put(abi.link(), x.constant(space.address(next), 64));
        }
        if (!(address instanceof Expr.Const c)) {
            leave(Event.THROUGH_POINTER);
            return next;
        }
        Optional<String> name = callee(c.value());
        if (name.isPresent()) {
            leave(name.get());
            return next;
        }
        if (abi.returnOnStack()) {
            long stack = stackPointer(here) - 8;
            memory.store(stack, x.constant(space.address(next), 64));
            registers.put(abi.stackPointer(), x.constant(stack, 64));
        }
        entered(c.value());
        return inside(c.value(), here);
    }

    /** The name of what is called, if it is not followed. */
    private Optional<String> callee(long address) {
        Optional<Program.FunctionRef> defined = space.code(address).flatMap(program::startingAt);
        return defined.isPresent()
                ? defined.filter(this::isOutside).map(Program.FunctionRef::name)
                : space.outside(address);
    }

    private void leave(String name) {
        Abi.Routine routine = abi.routines().get(name);
        calling(name);
        List<String> changed = routine == null ? abi.clobbered() : routine.changed();
        changed.stream()
                .filter(r -> !r.equals(abi.link()))
                .forEach(r -> registers.put(r, fresh(r + " after " + name + "()", 64)));
        abi.flags().forEach(f -> registers.put(f, fresh("flag " + f + " after " + name + "()", 1)));
        called(name);
    }
}
