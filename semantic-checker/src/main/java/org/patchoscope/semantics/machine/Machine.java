// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.ExceptionTable;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Cases;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Literal;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.PlaceOfEvent;

/** Executes lifted code on a {@link State}, one instruction at a time. */
public final class Machine {
    private static final int MOST_REPETITIONS = 4096;

    /** What one instruction leads to. */
    public sealed interface Step {
        /** One state, going on. */
        record Continue() implements Step {}

        /** The path is over; the state's outcome says how. */
        record End() implements Step {}

        /** Two ways; each consumer makes a state go its way. */
        record Fork(Expr condition, Consumer<State> whenTrue, Consumer<State> whenFalse) implements Step {}
    }

    private final Program program;
    private final Exprs x;
    private final Abi abi;
    private final MemoryModel memory;
    private final StackPointer stack;
    private final ParameterSubstitution supplies;
    private final OpaqueCalls calls;
    private final ExceptionTable exceptions;
    private final RuntimePatching patched;
    private final Transfers transfers;
    private final Systems systems;
    private final Entry entry;
    private final Stops stops;
    private final StateJoin joining;
    private final Faults faults;
    private final AccessOrder order;

    /** A machine for {@code program}; {@code watch} is told of every access to memory. */
    public Machine(
            Program program, Environment environment, Abi abi, int loopBound, OverlapWatch watch, Contents contents) {
        this.program = program;
        this.x = program.exprs();
        this.abi = abi;
        this.faults = watch.faults();
        this.memory = new MemoryModel(x, environment, watch, contents);
        this.order = new AccessOrder(x, environment);
        this.stack = new StackPointer(x);
        this.exceptions = abi.exceptions().apply(x);
        this.patched = new RuntimePatching(program, environment, abi, exceptions);
        this.supplies = new ParameterSubstitution(environment, x, memory, abi);
        this.calls = new OpaqueCalls(
                program,
                environment,
                abi,
                new StackEscapes(program, memory, stack, abi),
                supplies,
                new InterruptedRegisters(program, memory, stack));
        this.systems = new Systems(program, calls, abi);
        this.entry = new Entry(program, abi, memory);
        this.stops = new Stops(program, environment, abi, exceptions);
        this.joining = new StateJoin(x, memory, abi);
        this.transfers = new Transfers(program, environment, abi, loopBound, memory, calls, entry);
    }

    /**
     * A state about to execute {@code root} with unknown arguments, which get {@code parameterNames}, or,
     * where these are none, the names of its source.
     */
    public State start(FunctionRef root, List<String> parameterNames) {
        State s = new State(root.entry(), new Memory(x));
        for (String r : abi.clobbered()) {
            s.registers.put(r, x.sym("undefined:" + r + "@entry", 64));
        }
        abi.preserved().forEach(r -> s.registers.put(r, x.sym("saved:" + r, 64)));
        abi.flags().forEach(f -> s.registers.put(f, x.sym("undefined:" + f + "@entry", 1)));
        abi.atEntry().forEach((r, i) -> s.registers.put(r, i.value(x)));
        s.registers.put(abi.stackPointer(), x.sym(MemoryModel.STACK, 64));
        s.registers.put(abi.framePointer(), x.sym("saved:fp", 64));
        Expr back = x.sym("return", 64);
        if (abi.returnOnStack()) {
            memory.store(s, x.sym(MemoryModel.STACK, 64), back);
        } else {
            s.registers.put(abi.link(), back);
        }
        Abi.InterruptMask mask = abi.interrupts();
        s.registers.put(mask.register(), x.sym(mask.register(), mask.width()));
        abi.context().begin(x, s.registers);
        s.slots = abi.slots().apply(root.name()).of(root.function().size());
        s.entering = abi.vectors().apply(root.name()).orElse(null);
        DebugInfo.Prototype type = program.debug().prototypes().get(root.name());
        try {
            if (type != null) {
                bindParameters(s, type.named(parameterNames));
                supplies.atStart(s, root.name());
            }
        } catch (MemoryModel.Unmodelled e) {
            s.outcome = new Outcome.NotAnalysed(String.valueOf(e.getMessage()), root.name());
        }
        s.calls.add(new State.Activation(0, root, root.entry(), back, back, x.sym(MemoryModel.STACK, 64), 0, null));
        return s;
    }

    private void bindParameters(State s, DebugInfo.Prototype type) {
        Set<String> taken = Set.of("current", "regs", MemoryModel.STACK, "return", "percpu");
        boolean regsKnown = false;
        for (Parameters.Parameter p : Parameters.of(type, abi)) {
            boolean regs =
                    !regsKnown && p.type().pointee().filter("pt_regs"::equals).isPresent();
            regsKnown |= regs;
            int width = p.type().isTruth() ? 1 : Math.clamp(p.type().size() * 8L, 8, 64);
            String name = regs ? "regs" : taken.contains(p.name()) ? p.name() + " (parameter)" : p.name();
            s.registers.put(p.register(), passed(p, x.sym(name, width)));
        }
    }

    /** A truth value fills its byte; what is above a small integer is the convention's, and undefined above that. */
    private Expr passed(Parameters.Parameter p, Expr value) {
        int defined = Math.max(p.type().isTruth() ? 8 : value.width(), abi.argumentBits());
        Expr wide = switch (p.type().widening()) {
            case ZEROS -> x.zeroExtend(value, Math.max(defined, value.width()));
            case SIGN -> x.signExtend(value, Math.max(defined, value.width()));
            case NONE -> p.type().isTruth() ? x.zeroExtend(value, 8) : value;
        };
        return wide.width() == 64
                ? wide
                : x.concat(x.sym("undefined:" + p.register() + " high", 64 - wide.width()), wide);
    }

    /** Executes the instruction at the state's place. */
    public Step step(State s) {
        if (!(s.outcome instanceof Outcome.Finished)) {
            return new Step.End();
        }
        if (s.raised != null) {
            calls.record(s, Event.Kind.TRAP, s.raised, List.of(), s.where(), false);
            return new Step.End();
        }
        try {
            if (s.entering != null) {
                return entry.step(s, s.entering);
            }
            if (!s.slots.isEmpty()) {
                return entry.slot(s);
            }
            if (s.patchedIn != null) {
                return patchedIn(s, s.patchedIn);
            }
            if (s.taken != null) {
                Op.CodeTarget target = s.taken;
                s.taken = null;
                return transfers.jump(s, target, s.pc);
            }
            return tables(s);
        } catch (MemoryModel.Unmodelled e) {
            return fail(s, e.getMessage());
        }
    }

    static Step fail(State s, @Nullable String reason) {
        s.outcome = new Outcome.NotAnalysed(String.valueOf(reason), s.pc.toString());
        return new Step.End();
    }

    private Step tables(State s) {
        if (s.replacement != null && s.pc.equals(s.replacement.end())) {
            s.pc = s.replacement.resume();
            s.replacement = null;
            return new Step.Continue(); // ways may join here
        }
        if (!loopsOn(s)) {
            s.outcome = new Outcome.BoundReached(s.pc.toString());
            return new Step.End();
        }
        Step step = patched.at(s);
        return step == null ? instruction(s) : entry.noticing(s, step);
    }

    private Step patchedIn(State s, State.PatchedIn p) {
        s.patchedIn = null;
        return all(s, p.ops(), p.resume());
    }

    private Step instruction(State s) {
        Lifted i = program.at(s.pc);
        if (!s.checked) {
            s.count(i.kind());
        }
        return all(s, i.ops(), s.pc.at(s.pc.offset() + i.length()));
    }

    private Step all(State s, List<Op> ops, Location next) {
        Location here = s.pc;
        Map<String, Expr> registers = faults.asks() ? Map.copyOf(s.registers) : Map.of();
        for (Op op : ops) {
            Step fault = fault(s, op, registers);
            Step step = fault == null ? execute(s, op, here, next) : fault;
            if (step != null) {
                if (step instanceof Step.Fork f) {
                    faults.computed(f.condition());
                }
                return step;
            }
        }
        s.pc = next;
        s.checked = false;
        return new Step.Continue();
    }

    /** Whether the access of {@code op} faults, to be asked before its instruction has done anything: {@code registers}. */
    private @Nullable Step fault(State s, Op op, Map<String, Expr> registers) {
        Expr address = !faults.asks() || s.checked ? null : addressOf(op);
        Expr when = address == null ? null : faults.when(x, value(s, address));
        if (when == null) {
            return null;
        }
        s.registers.clear();
        s.registers.putAll(registers);
        return new Step.Fork(when, t -> t.raised = Faults.EVENT, f -> f.checked = true);
    }

    private static @Nullable Expr addressOf(Op op) {
        if (op instanceof Op.Load l) {
            return l.address();
        }
        return op instanceof Op.Store w ? w.address() : null;
    }

    private @Nullable Step execute(State s, Op op, Location here, Location next) {
        switch (op) {
            case Op.Set set -> set(s, set);
            case Op.Undefine u -> s.registers.remove(u.register());
            case Op.Check c -> {
                return check(s, c);
            }
            case Op.Repeat r -> {
                return repeat(s, r, here, next);
            }
            case Op.Load l -> load(s, l, here);
            case Op.Store w -> store(s, w, here);
            case Op.Effect e ->
                systems.effect(
                        s, e, e.arguments().stream().map(a -> value(s, a)).toList(), here);
            case Op.Branch b -> {
                return transfers.branch(s, b, here, next);
            }
            case Op.Jump j -> {
                return transfers.jump(s, j.target(), here);
            }
            case Op.Call c -> {
                return transfers.call(s, c.target(), here, next);
            }
            case Op.Return r -> {
                return transfers.comeBack(s, r.address(), here);
            }
            case Op.Exit e -> {
                List<Expr> state = e.state().stream().map(v -> value(s, v)).toList();
                calls.record(s, Event.Kind.EXIT, e.instruction(), state, here.toString(), true);
                return new Step.End();
            }
            case Op.Trap t -> {
                return trap(s, t, here, next);
            }
            case Op.Unsupported u -> {
                return fail(s, "instruction not modelled: " + u.reason());
            }
        }
        return null;
    }

    /** A flag that is computed from one without a value has none either; nobody may ever read it. */
    private void set(State s, Op.Set set) {
        if (abi.flags().contains(set.register()) && readsUndefined(s, set.value())) {
            s.registers.remove(set.register());
            return;
        }
        Expr value = value(s, set.value());
        faults.computed(value);
        s.registers.put(set.register(), set.register().equals(abi.stackPointer()) ? pointer(s, value) : value);
    }

    private Expr pointer(State s, Expr value) {
        boolean compiled =
                program.debug().prototypes().get(s.function().name()) instanceof DebugInfo.Prototype p && p.defined();
        return compiled ? stack.compiled(value) : stack.pointer(value);
    }

    private boolean readsUndefined(State s, Expr e) {
        return e instanceof Expr.Ite i
                && Stream.of(i.whenTrue(), i.whenFalse())
                        .anyMatch(v -> v instanceof Expr.Reg r && !s.registers.containsKey(r.name()));
    }

    private @Nullable Step check(State s, Op.Check c) {
        Expr condition = value(s, c.condition());
        if (s.checked || condition.isConst(1)) {
            return null;
        }
        return new Step.Fork(condition, t -> t.checked = true, f -> f.raised = c.exception());
    }

    private @Nullable Step repeat(State s, Op.Repeat r, Location here, Location next) {
        Expr counter = OpaqueCalls.register(s, r.counter());
        if (!(counter instanceof Expr.Const c) || Long.compareUnsigned(c.value(), MOST_REPETITIONS) > 0) {
            return fail(s, "a repeated string instruction with a count that is not known");
        }
        for (long i = c.value(); i > 0; i--) {
            for (Op op : r.body()) {
                Step step = execute(s, op, here, next);
                if (step != null) {
                    return step;
                }
            }
        }
        s.registers.put(r.counter(), x.constant(0, counter.width()));
        return null;
    }

    private void load(State s, Op.Load l, Location here) {
        Expr address = value(s, l.address());
        order.note(s, l.access(), false, address, program.at(here).text());
        Expr value;
        if (isUser(l.access(), here)) {
            Event e = calls.record(s, Event.Kind.SYSTEM, "read user memory", List.of(address), here.toString(), false);
            value = x.sym(e.tag(), l.width());
        } else {
            value = taskConstant(address, l.width())
                    .or(() -> entry.thisCpu(address))
                    .orElseGet(() -> memory.load(s, address, l.width()));
        }
        Expr kept = s.registers.get(l.target());
        int full = kept == null ? l.width() : kept.width();
        s.registers.put(l.target(), l.target().startsWith("t:") ? value : x.resize(value, Math.max(full, l.width())));
    }

    private boolean isUser(Op.Access access, Location here) {
        ObjectFile.Fixup f = here.object().fixups().get(new ObjectFile.Place(here.section(), here.offset()));
        return access == Op.Access.USER || f != null && exceptions.userAccess(f);
    }

    /** A per-CPU variable that belongs to the running task, and so is the same wherever that runs. */
    private Optional<Expr> taskConstant(Expr address, int width) {
        if (width == 64 && address instanceof Expr.Ite) {
            Set<Optional<Expr>> all =
                    Cases.of(address).stream().map(a -> taskConstant(a, width)).collect(Collectors.toSet());
            return all.size() == 1 ? all.iterator().next() : Optional.empty();
        }
        if (width != 64 || !(address instanceof Expr.Binary b) || b.op() != BinaryOp.ADD) {
            return Optional.empty();
        }
        Expr variable = isOwnOffset(b.left()) ? b.right() : isOwnOffset(b.right()) ? b.left() : address;
        return variable instanceof Expr.Sym y && y.name().startsWith("&")
                ? Optional.ofNullable(abi.taskConstants().get(y.name().substring(1)))
                        .map(this::taskConstant)
                : Optional.empty();
    }

    private boolean isOwnOffset(Expr e) {
        return Cases.of(e).stream()
                .allMatch(c -> c instanceof Expr.Sym s && abi.perCpuOffsets().contains(s.name()));
    }

    private Expr taskConstant(String name) {
        return name.equals(Abi.TOP_OF_STACK) ? stack.top() : x.sym(name, 64);
    }

    private void store(State s, Op.Store w, Location here) {
        Expr address = value(s, w.address());
        Expr value = value(s, w.value());
        order.note(s, w.access(), true, address, program.at(here).text());
        if (isUser(w.access(), here)) {
            calls.record(s, Event.Kind.SYSTEM, "write user memory", List.of(address, value), here.toString(), false);
        } else if (memory.isIndexed(s, address)) {
            calls.indexedWrite(s, address, value, here.toString());
        } else {
            memory.store(s, address, value);
        }
    }

    private Expr value(State s, Expr e) {
        return OpaqueCalls.value(x, s, e);
    }

    /** What a place is to an execution that stands there. */
    public enum Stop {
        /** Nothing in particular. */
        NONE,
        /** Paths come together. */
        MERGE,
        /** A loop begins. */
        HEAD,
        /** The next instruction may show something to the world. */
        EVENT
    }

    /** Writes {@code now} for {@code was} in registers and at {@code cell}: both are known to be the same at this state. */
    public void agree(State s, Cell cell, Expr was, Expr now) {
        s.registers.replaceAll((r, v) -> v == was ? now : v);
        memory.agree(s, cell, was, now);
    }

    /** The code that it executes. */
    public Program program() {
        return program;
    }

    /** The factory of its expressions. */
    public Exprs exprs() {
        return x;
    }

    /** What the state's place is. */
    public Stop stop(State s) {
        return stops.at(s);
    }

    /** Where the state is. */
    public PlaceOfEvent place(State s) {
        State.Replacement r = s.replacement;
        return new PlaceOfEvent(
                s.calls.stream().map(State.Activation::returnTo).toList(),
                s.pc,
                r == null ? List.of() : List.of(r.end(), r.resume()));
    }

    /** How far the state has come. */
    public Rank rank(State s) {
        return Rank.of(program, s);
    }

    /** {@code a} where {@code condition} holds and {@code b} where not; empty where they differ in more than values. */
    public Optional<State> join(State a, State b, Expr condition) {
        return joining.join(a, b, condition);
    }

    /** What is left of both where they have in common what {@code g} says; empty where they differ in more than values. */
    public Optional<State> generalise(State a, State b, Generalisation g) {
        return joining.generalise(a, b, g);
    }

    /** Looks at all values of both that are whole words, before others are made of them. */
    public void wholeWords(State a, State b, Generalisation g) {
        joining.values(a, b, g::wholeWord);
    }

    /** Notes that the state is at a branch whose condition hangs on unknowns. */
    public void forking(State s, Expr condition) {
        Expr atom = Literal.of(condition, true).atom();
        Optional<Location> join = s.replacement != null
                ? Optional.empty()
                : program.shape(s.function()).join(s.pc);
        s.openForks = new State.OpenFork(join.orElse(null), s.calls.size(), atom, s.openForks);
    }

    /** The conditions of the branches whose sides come together where the state is. */
    public Set<Expr> closing(State s) {
        Set<Expr> closed = new LinkedHashSet<>();
        while (s.openForks != null
                && (s.openForks.depth() > s.calls.size()
                        || s.openForks.depth() == s.calls.size() && s.pc.equals(s.openForks.at()))) {
            closed.add(s.openForks.atom());
            s.openForks = s.openForks.rest();
        }
        return closed;
    }

    private boolean loopsOn(State s) {
        boolean decided = s.alternativesRejected > 0 || s.fixupDecided || s.checked;
        return decided || !program.shape(s.function()).isLoopHead(s.pc) || transfers.arrives(s, s.pc);
    }

    private Step trap(State s, Op.Trap t, Location here, Location next) {
        ObjectFile.BugEntry bug = here.object().bugs().get(new ObjectFile.Place(here.section(), here.offset()));
        if (bug != null && bug.warning()) {
            String where = here.object()
                    .functionAt(here.section(), here.offset())
                    .map(ObjectFile.Function::name)
                    .orElse("");
            calls.record(s, Event.Kind.WARNING, "WARN", List.of(), where, false);
            return Transfers.proceed(s, next);
        }
        String name = bug != null ? "BUG" : t.instruction() + " #" + t.immediate();
        calls.record(s, Event.Kind.TRAP, name, List.of(), here.toString(), false);
        return new Step.End();
    }
}
