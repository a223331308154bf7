// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.arch.arm64.PatchCallback;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.environment.Frame;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfo.Prototype;
import org.patchoscope.semantics.program.CompilerFunctions;
import org.patchoscope.semantics.program.FormatText;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.StaticCalls;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Premise;

/** Records events and gives the answers of the environment to them. */
final class OpaqueCalls {
    /** How many registers beside {@code w0} ARM_SMCCC_ARCH_WORKAROUND_1, 2 and 3 read (include/linux/arm-smccc.h). */
    private static final Map<Long, Integer> FIRMWARE_ARGUMENTS =
            Map.of(0x80008000L, 0, 0x80007fffL, 1, PatchCallback.WORKAROUND_3, 0);

    private final Program program;
    private final Exprs x;
    private final Environment environment;
    private final Abi abi;
    private final StackEscapes escapes;
    private final ParameterSubstitution supplies;
    private final InterruptedRegisters interrupted;
    private final Map<String, Map<String, Expr>> clobbered = new HashMap<>();

    OpaqueCalls(
            Program program,
            Environment environment,
            Abi abi,
            StackEscapes escapes,
            ParameterSubstitution supplies,
            InterruptedRegisters interrupted) {
        this.supplies = supplies;
        this.interrupted = interrupted;
        this.program = program;
        this.x = program.exprs();
        this.environment = environment;
        this.abi = abi;
        this.escapes = escapes;
    }

    /** A call that leaves the world; returns whether it comes back. */
    boolean external(State s, String callee, @Nullable Expr target, String place) {
        if (environment.silent(environment.eventName(callee))) {
            s.notes.add(new Premise.SilentCallee(environment.eventName(callee)));
            clobber(s, "a scheduling point");
            return true;
        }
        if (callee.equals(abi.registersMovedBy()) && moved(s, callee)) {
            return true;
        }
        Prototype type = target == null ? prototype(callee) : null;
        if (type == null && target == null) {
            throw new MemoryModel.Unmodelled("no prototype is known for " + callee);
        }
        List<Expr> arguments = new ArrayList<>();
        if (target != null) {
            arguments.add(target);
        }
        arguments.addAll(type == null ? indirectArguments(s) : arguments(s, type));
        List<Expr> perhaps = type != null && type.variadic() ? variable(s, arguments) : List.of();
        supplies.addTo(arguments, s, callee);
        String name = environment.eventName(callee);
        List<InterruptedRegisters.Level> levels =
                type != null && isHandler(callee) ? interrupted.before(s, type, arguments) : List.of();
        Event e = record(
                s,
                Event.Kind.CALL,
                name,
                arguments,
                target == null || abi.pointerCalls().containsKey(s.function().name())
                        ? perhaps
                        : beyond(s, arguments.size() - 1),
                Map.of(),
                place,
                true);
        if (type != null) {
            s.notes.add(new Premise.Prototypes());
        }
        Frame frame = environment.frame(name);
        if (frame.declared()) {
            s.notes.add(new Premise.DeclaredFrame(name));
        }
        boolean pointers =
                arguments.stream().flatMap(a -> Unknowns.leaves(a).stream()).anyMatch(StackEscapes::isLocal);
        s.history = new History.After(
                s.history, e.tag(), frame, pointers || frame.preserved().isEmpty());
        clobber(s, e.tag());
        interrupted.after(s, levels);
        result(s, type, e.tag(), environment.related(name));
        return type == null || !type.noReturn();
    }

    private boolean moved(State s, String callee) {
        Optional<Expr> to = interrupted.move(s, register(s, abi.arguments().getFirst()));
        to.ifPresent(address -> {
            clobber(s, callee + "#" + s.nextOccurrence(callee));
            s.registers.put(abi.result(), address);
        });
        return to.isPresent();
    }

    private boolean isHandler(String callee) {
        return abi.handlers().apply(callee).isPresent();
    }

    private @Nullable Prototype prototype(String callee) {
        Prototype known = StaticCalls.prototype(program.debug().prototypes(), callee);
        return known != null
                ? known
                : abi.handlers()
                        .apply(callee)
                        .or(() -> CompilerFunctions.prototype(callee))
                        .orElse(null);
    }

    /** A call of an assembly routine with a convention of its own. */
    void routine(State s, String name, Abi.Routine routine, String place) {
        if (environment.silent(name)) {
            s.notes.add(new Premise.SilentCallee(name));
            Stream.concat(routine.changed().stream(), abi.flags().stream()).forEach(s.registers::remove);
            return;
        }
        Event.Kind kind = routine.schedules() ? Event.Kind.CALL : Event.Kind.SYSTEM;
        List<Expr> arguments = new ArrayList<>();
        routine.arguments().forEach((r, width) -> arguments.add(x.extract(register(s, r), 0, width)));
        Event e = record(s, kind, name, arguments, place, routine.schedules());
        if (routine.schedules()) {
            s.history = new History.After(s.history, e.tag(), environment.frame(name), false);
            abi.context().interrupted(x, s.registers, e.tag());
        }
        routine.changed().forEach(r -> s.registers.put(r, x.sym(r + " from " + e.tag(), 64)));
        abi.flags().forEach(f -> s.registers.put(f, x.sym("undefined:" + f + "@" + e.tag(), 1)));
    }

    /**
     * A call to firmware or a hypervisor; gives the tag of its answers. Functions whose arguments are known get those, of any other
     * the registers that may hold one are beyond what is known.
     */
    String monitor(State s, String text, List<Expr> registers, String place) {
        List<Expr> all = registers.isEmpty() ? List.of() : List.of(x.extract(registers.getFirst(), 0, 32));
        int known = all.isEmpty() || !(all.getFirst() instanceof Expr.Const c)
                ? -1
                : FIRMWARE_ARGUMENTS.getOrDefault(c.value(), -1);
        List<Expr> arguments = new ArrayList<>(all);
        for (int i = 1; i <= known; i++) {
            arguments.add(registers.get(i));
        }
        List<Expr> beyond = known < 0 && !registers.isEmpty() ? registers.subList(1, registers.size()) : List.of();
        return record(s, Event.Kind.SYSTEM, text, arguments, beyond, Map.of(), place, false)
                .tag();
    }

    /**
     * A write at a place that is not known. After it nothing is known of memory, as after a call; equal code makes the same
     * event of it, and of other code nothing can be concluded from it.
     */
    void indexedWrite(State s, Expr address, Expr value, String place) {
        Event e = record(s, Event.Kind.SYSTEM, Event.INDEXED_WRITE, List.of(address, value), place, true);
        s.history = new History.After(s.history, e.tag(), Frame.ANYTHING, true);
    }

    private List<Expr> arguments(State s, Prototype type) {
        List<Expr> all = new ArrayList<>();
        for (Parameters.Parameter p : Parameters.of(type, abi)) {
            int width = p.type().isTruth() ? 1 : Math.clamp(p.type().size() * 8L, 1, 64);
            Expr value = x.extract(register(s, p.register()), 0, width);
            all.add(escapes.publish(s, value, pointedTo(p.type())));
        }
        return all;
    }

    /**
     * Adds what a function takes besides its parameters, by its text for printf(), else as far as debug information says; what
     * else may be passed is given back.
     */
    private List<Expr> variable(State s, List<Expr> arguments) {
        int next = arguments.size();
        List<String> rest = next > abi.arguments().size()
                ? List.of()
                : abi.arguments().subList(next, abi.arguments().size());
        Optional<List<Integer>> widths = next == 0 ? Optional.empty() : FormatText.widths(arguments.getLast());
        if (widths.isPresent()) {
            if (widths.get().size() > rest.size()) {
                throw new MemoryModel.Unmodelled("arguments are passed on the stack");
            }
            for (int i = 0; i < widths.get().size(); i++) {
                Expr value = x.extract(register(s, rest.get(i)), 0, widths.get().get(i));
                arguments.add(escapes.publish(s, value));
            }
            return List.of();
        }
        Set<Integer> known = program.debug()
                .callSites()
                .getOrDefault(s.function().name(), Map.of())
                .getOrDefault(place(s), Set.of());
        int set = 0;
        while (set < rest.size() && known.contains(abi.dwarf().indexOf(rest.get(set)))) {
            arguments.add(escapes.publish(s, register(s, rest.get(set++))));
        }
        if (set == rest.size()) {
            throw new MemoryModel.Unmodelled("arguments may be passed on the stack");
        }
        return rest.subList(set, rest.size()).stream().map(r -> register(s, r)).toList();
    }

    private int pointedTo(DebugInfo.Type t) {
        return t.pointee()
                .map(program.debug().structures()::get)
                .map(DebugInfo.Structure::size)
                .orElse(0);
    }

    /** For a call through a pointer: the registers that debug information says are set for it. */
    private List<Expr> indirectArguments(State s) {
        List<Expr> all = new ArrayList<>();
        @Nullable
        Set<Integer> known = program.debug()
                .callSites()
                .getOrDefault(s.function().name(), Map.of())
                .get(place(s));
        Integer byHand = abi.pointerCalls().get(s.function().name());
        if (known == null && byHand == null && !isAssembly(s)) {
            throw new MemoryModel.Unmodelled("debug information does not describe a call through a pointer");
        }
        for (String r : abi.arguments()) {
            boolean passed =
                    known != null ? known.contains(abi.dwarf().indexOf(r)) : byHand != null && all.size() < byHand;
            if (!passed) {
                break;
            }
            all.add(escapes.publish(s, register(s, r)));
        }
        s.notes.add(new Premise.CallThroughPointer());
        return all;
    }

    /** Whether the function is none that a compiler has made. */
    private boolean isAssembly(State s) {
        Prototype type = program.debug().prototypes().get(s.function().name());
        return type == null || !type.defined();
    }

    private DebugInfo.CallPlace place(State s) {
        Lifted here = program.at(s.pc);
        boolean tail = !(here.ops().getLast() instanceof Op.Call);
        return new DebugInfo.CallPlace(tail ? s.pc.offset() : s.pc.offset() + here.length(), tail);
    }

    private List<Expr> beyond(State s, int known) {
        return abi.arguments().subList(known, abi.arguments().size()).stream()
                .map(r -> register(s, r))
                .toList();
    }

    /** The end of the root by a jump to where it was not called from, with all that is found there. */
    void left(State s, List<Expr> found, List<Expr> beside, String name, String place) {
        record(s, Event.Kind.EXIT, name, found, beside, Map.of(), place, true);
    }

    /** The end of the root, with its result, what its callers may find in registers beside, and what has to be as it was. */
    void returned(State s, List<Expr> result, List<Expr> beside, Map<String, Expr> kept, String place) {
        record(s, Event.Kind.RETURN, "return", result, beside, kept, place, true);
    }

    /** Appends an event. */
    Event record(State s, Event.Kind kind, String name, List<Expr> arguments, String place, boolean seesMemory) {
        return record(s, kind, name, arguments, List.of(), Map.of(), place, seesMemory);
    }

    private Event record(
            State s,
            Event.Kind kind,
            String name,
            List<Expr> arguments,
            List<Expr> beyond,
            Map<String, Expr> kept,
            String place,
            boolean seesMemory) {
        Map<Cell, Event.Write> memory = seesMemory ? escapes.publishedMemory(s) : Map.of();
        if (kind == Event.Kind.RETURN) {
            memory.keySet().removeIf(c -> StackEscapes.isLocal(c.base())); // the root's variables end with it
        }
        Map<String, Expr> context = new LinkedHashMap<>(abi.context().of(x, s.registers));
        context.putAll(kept);
        if (kind == Event.Kind.CALL) {
            List<String> general = new ArrayList<>(abi.clobbered());
            general.removeAll(abi.arguments()
                    .subList(0, Math.min(arguments.size(), abi.arguments().size())));
            general.addAll(abi.preserved());
            context.putAll(Context.ofEntry(x, s.registers, general));
            frame(s).ifPresent(at -> context.put(Context.FRAME, at));
        }
        Event e = new Event(
                kind, name, s.nextOccurrence(name), arguments, beyond, memory, interrupts(s), stack(s), context, place);
        s.events.add(e);
        return e;
    }

    /** Where an entry makes the frame pointer point to, from which the stack is unwound, counted from where it began. */
    private Optional<Expr> frame(State s) {
        Expr pointer = s.entered && isAssembly(s) ? s.registers.get(abi.framePointer()) : null;
        return pointer != null && Address.of(x, pointer) instanceof Address.Fixed f && MemoryModel.isStack(f.base())
                ? Optional.of(x.constant(f.offset(), 64))
                : Optional.empty();
    }

    /** What the pointer is counted from, unless it is computed: that may be how a compiler aligns it. */
    private Expr stack(State s) {
        Expr pointer = s.registers.get(abi.stackPointer());
        return pointer != null
                        && Address.of(x, pointer) instanceof Address.Fixed f
                        && !(f.base() instanceof Expr.Binary)
                ? f.base()
                : x.constant(0, 64);
    }

    /** Whether interrupts are known to be off. */
    boolean interruptsOff(State s) {
        return interrupts(s).equals("off");
    }

    private String interrupts(State s) {
        Abi.InterruptMask where = abi.interrupts();
        Expr mask = s.registers.get(where.register());
        if (mask == null) {
            return "entry";
        }
        Expr bit = x.extract(mask, where.bit(), 1);
        return bit instanceof Expr.Const c ? (c.value() == 1 == where.offWhenSet() ? "off" : "on") : "entry";
    }

    /** Others may have written memory when {@code e} is over. */
    void outsideActed(State s, Event e) {
        s.history = new History.After(s.history, e.tag(), Frame.ANYTHING, true);
    }

    /** Leaves nothing in the registers that a call may change. */
    void clobber(State s, String tag) {
        s.registers.putAll(clobbered.computeIfAbsent(tag, this::undefined));
        abi.context().interrupted(x, s.registers, tag);
    }

    private Map<String, Expr> undefined(String tag) {
        Map<String, Expr> all = new LinkedHashMap<>();
        abi.clobbered().forEach(r -> all.put(r, x.sym("undefined:" + r + "@" + tag, 64)));
        abi.flags().forEach(f -> all.put(f, x.sym("undefined:" + f + "@" + tag, 1)));
        return all;
    }

    private void result(State s, @Nullable Prototype type, String tag, Optional<ResultRelation.Side> related) {
        int size = type == null ? 8 : type.result().size();
        if (size == 0) {
            return;
        }
        boolean bool = type != null && type.result().isTruth();
        int width = bool ? 1 : Math.min(64, size * 8);
        Expr value = related.map(r -> r.result(x, "ret:" + tag)).orElseGet(() -> x.sym("ret:" + tag, width));
        Expr narrow = bool ? x.zeroExtend(value, 8) : value;
        Expr full =
                narrow.width() == 64 ? narrow : x.concat(x.sym("undefined:high@" + tag, 64 - narrow.width()), narrow);
        s.registers.put(abi.result(), full);
        if (size > 8) {
            s.registers.put(abi.secondResult(), x.sym("ret2:" + tag, 64));
        }
    }

    /** An expression of registers on their values. */
    static Expr value(Exprs x, State s, Expr e) {
        return new Substitution(x, leaf -> leaf instanceof Expr.Reg r ? register(s, r.name()) : null).apply(e);
    }

    static Expr register(State s, String name) {
        Expr value = s.registers.get(name);
        if (value == null) {
            throw new MemoryModel.Unmodelled("register " + name + " has no value");
        }
        return value;
    }
}
