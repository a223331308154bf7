// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Location;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Executes one path of an arm64 entry, from the vector to the exit, on values that may be unknown. What
 * is unknown must not decide where control goes or which memory is meant; then there is no path to count.
 * Calls that are not counted leave memory as it is, besides what the conditions say; exclusive stores
 * succeed and accesses to user memory do not fault.
 */
final class Walk {
    private static final int STEPS = 200_000;
    private static final String LINK = "x30";
    private static final String RESULT = "x0";
    private static final List<String> FLAGS = List.of("n", "z", "c", "v");

    private final Program program;
    private final Exprs x;
    private final EntryPaths entry;
    private final Cpu cpu;
    private final Conditions conditions;
    private final PatchedCode code;
    private final AddressSpace space;
    private final TaskMemory task;
    private final WordMemory memory;
    private final Map<String, Expr> registers = new HashMap<>();
    private final Map<String, Expr> system = new HashMap<>();
    private final Map<InstructionKind, Integer> counts = new EnumMap<>(InstructionKind.class);
    private final List<String> outside = new ArrayList<>();
    private final Set<String> notes = new TreeSet<>();
    private final Map<String, Integer> unknowns = new HashMap<>();

    Walk(Program program, EntryPaths entry, Cpu cpu, Conditions conditions, PatchedCode code, TaskMemory task) {
        this.program = program;
        this.x = program.exprs();
        this.entry = entry;
        this.cpu = cpu;
        this.conditions = conditions;
        this.code = code;
        this.space = task.space();
        this.task = task;
        this.memory = new WordMemory(x, task::initial);
    }

    /** The counts of the path. */
    PathCount.Counted run() {
        start();
        Location pc = vector();
        for (int step = 0; step < STEPS; step++) {
            checkInside(pc);
            Lifted i = code.at(pc);
            counts.merge(InstructionKind.of(i), 1, Integer::sum);
            for (Op op : i.ops()) {
                if (op instanceof Op.Exit e) {
                    return counted(e.instruction());
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

    private PathCount.Counted counted(String exit) {
        for (String callee : entry.passes()) {
            if (!outside.contains(callee)) {
                throw new Uncounted("it ends in " + exit + " without a " + callee);
            }
        }
        notes.addAll(code.notes());
        return new PathCount.Counted(counts, outside, exit, List.copyOf(notes));
    }

    private void start() {
        for (int i = 0; i <= 30; i++) {
            String name = "x" + i;
            Long value = entry.registers().get(name);
            registers.put(name, value == null ? x.sym("the user's " + name, 64) : x.constant(value, 64));
        }
        FLAGS.forEach(f -> registers.put(f, x.sym("the user's flag " + f, 1)));
        registers.put("sp", x.constant(task.stackTop(), 64));
        entry.systemRegisters().forEach((name, value) -> system.put(name, x.constant(value, 64)));
        write(task.variable(entry.currentTask()), 8, task.start());
        cpu.variables().forEach((name, value) -> write(task.variable(name), 8, value));
        conditions.cells().forEach(this::write);
    }

    private void write(Conditions.Value v) {
        write(task.start() + v.offset(), v.size(), v.value());
    }

    private void write(long address, int size, long value) {
        memory.store(address, x.constant(value, size * 8));
    }

    private Location vector() {
        OptionalLong symbol = space.global(cpu.entry().symbol());
        if (symbol.isEmpty()) {
            throw new Uncounted("no object defines " + cpu.entry().symbol());
        }
        return space.code(symbol.getAsLong() + cpu.entry().offset())
                .orElseThrow(() -> new Uncounted("no code at the vector"));
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
                    if (decide(value(b.condition(), here), here)) {
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

    private Expr register(Expr.Reg r) {
        Expr known = registers.get(r.name());
        return known != null ? known : fresh(r.name(), r.width());
    }

    private Expr fresh(String what, int width) {
        int n = unknowns.merge(what, 1, Integer::sum);
        return x.sym(n == 1 ? what : what + " #" + n, width);
    }

    private long symbol(Location here, String name) {
        return name.equals(".") ? space.base(here.object(), here.section()) : space.address(here.object(), name);
    }

    private static boolean decide(Expr condition, Location here) {
        if (condition instanceof Expr.Const c) {
            return c.value() == 1;
        }
        throw new Uncounted("the branch at " + here + " depends on " + words(condition));
    }

    private static long number(Expr e, String what, Location here) {
        if (e instanceof Expr.Const c) {
            return c.value();
        }
        throw new Uncounted(what + " at " + here + " depends on " + words(e));
    }

    private static String words(Expr e) {
        Set<String> names = new LinkedHashSet<>();
        collect(e, names);
        return String.join(" and ", names) + ", which the profile leaves open";
    }

    private static void collect(Expr e, Set<String> names) {
        switch (e) {
            case Expr.Sym s -> names.add(s.name());
            case Expr.Const c -> {}
            case Expr.Reg r -> names.add(r.name());
            case Expr.Apply f -> f.arguments().forEach(a -> collect(a, names));
            case Expr.Unary u -> collect(u.operand(), names);
            case Expr.Binary b -> {
                collect(b.left(), names);
                collect(b.right(), names);
            }
            case Expr.Extract t -> collect(t.operand(), names);
            case Expr.Concat k -> {
                collect(k.high(), names);
                collect(k.low(), names);
            }
            case Expr.SignExtend s -> collect(s.operand(), names);
            case Expr.Ite i -> {
                collect(i.condition(), names);
                collect(i.whenTrue(), names);
                collect(i.whenFalse(), names);
            }
        }
    }

    private void load(Op.Load l, Location here) {
        boolean user = l.access() == Op.Access.USER;
        Expr value = user
                ? fresh("user memory read at " + here, l.width())
                : memory.load(number(value(l.address(), here), "the address read", here), l.width());
        registers.put(l.target(), l.target().startsWith("t:") ? value : x.zeroExtend(value, 64));
    }

    private void store(Op.Store s, Location here) {
        if (s.access() != Op.Access.USER) {
            memory.store(number(value(s.address(), here), "the address written", here), value(s.value(), here));
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
                system.put(w.name(), x.resize(value(e.arguments().getFirst(), here), 64));
            case SystemEffect.InterruptMask m -> {
                Expr bits = x.constant((long) m.bits() << 6, 64);
                Expr old = system.computeIfAbsent("DAIF", n -> x.sym(n, 64));
                system.put("DAIF", m.set() ? x.or(old, bits) : x.binary(BinaryOp.AND, old, x.not(bits)));
            }
            case SystemEffect.Monitor m -> {
                outside.add(m.text());
                List.of("x0", "x1", "x2", "x3").forEach(r -> registers.put(r, fresh(r + " after " + m.text(), 64)));
            }
            // An exclusive store answers whether it failed.
            case SystemEffect.Hint h -> e.results().forEach(r -> registers.put(r.register(), x.constant(0, r.width())));
            case SystemEffect.Barrier b -> answers(e, here);
            case SystemEffect.Mode m -> answers(e, here);
            case SystemEffect.Maintenance m -> answers(e, here);
            case SystemEffect.ReadModelSpecific r ->
                throw new Uncounted("a model-specific register is read at " + here);
            case SystemEffect.WriteModelSpecific w ->
                throw new Uncounted("a model-specific register is written at " + here);
        }
    }

    private void answers(Op.Effect e, Location here) {
        e.results().forEach(r -> registers.put(r.register(), fresh("the result of " + here, r.width())));
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

    private Location jump(Op.CodeTarget t, Location here) {
        long to = target(t, here);
        return callee(to)
                .map(name -> {
                    leave(name);
                    return inside(
                            number(registers.getOrDefault(LINK, x.no()), "where the call returns to", here), here);
                })
                .orElseGet(() -> {
                    noteWeak(to);
                    return inside(to, here);
                });
    }

    private Location call(Op.CodeTarget t, Location here, Location next) {
        Expr address =
                t instanceof Op.CodeTarget.Indirect i ? value(i.address(), here) : x.constant(target(t, here), 64);
        registers.put(LINK, x.constant(space.address(next), 64));
        if (!(address instanceof Expr.Const c)) {
            leave(Event.THROUGH_POINTER);
            return next;
        }
        var name = callee(c.value());
        if (name.isPresent()) {
            leave(name.get());
            return next;
        }
        noteWeak(c.value());
        return inside(c.value(), here);
    }

    /** The kernel may have another definition in an object that is not here. */
    private void noteWeak(long address) {
        space.code(address)
                .flatMap(program::startingAt)
                .filter(f -> f.object().symbols().get(f.name()) instanceof ObjectFile.Symbol s && s.weak())
                .ifPresent(f -> notes.add(
                        f.name() + "() is weak, and counted as " + f.object().name() + " has it"));
    }

    /** The name of what is called, if it is not counted. */
    private Optional<String> callee(long address) {
        Optional<String> defined =
                space.code(address).flatMap(program::startingAt).map(Program.FunctionRef::name);
        return defined.isPresent() ? defined.filter(entry.outside()::contains) : space.outside(address);
    }

    private void leave(String name) {
        outside.add(name);
        for (int i = 1; i <= 18; i++) {
            registers.put("x" + i, fresh("x" + i + " after " + name + "()", 64));
        }
        FLAGS.forEach(f -> registers.put(f, fresh("flag " + f + " after " + name + "()", 1)));
        Expr answer = conditions
                .answer(name, program.debug())
                .map(a -> x.constant(a, 64))
                .orElseGet(() -> fresh("the result of " + name + "()", 64));
        registers.put(RESULT, answer);
        conditions.after().getOrDefault(name, List.of()).forEach(this::write);
    }
}
