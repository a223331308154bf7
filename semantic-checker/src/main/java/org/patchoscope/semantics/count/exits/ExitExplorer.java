// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.arch.x86.X86Vectors;
import org.patchoscope.semantics.count.concrete.ConcreteInterpreter;
import org.patchoscope.semantics.count.concrete.Entered;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Sum;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * One of the ways from where an x86-64 processor enters the kernel. Branches that an unknown decides follow a list of choices and,
 * where that ends, go the first way that is possible. A call that is not followed may change all memory but return
 * addresses and what stays as long as the task runs; unknowns are named by the call that made them.
 */
final class ExitExplorer extends ConcreteInterpreter {
    /** Named as the comparison names it, so that the same words come of it. */
    private static final String MEMORY = "memory@";

    private static final String TASK = "current";

    private static final long LOW = 0xffff_ffffL;

    /** The user's registers at the end of the stack. */
    private static final String REGISTERS = "regs";

    /** The call after which memory is what it is. */
    private static final class Epoch {
        private String tag = "entry";
    }

    private final Epoch epoch;
    private final TaskMemory task;
    private final Solver solver;
    private final Disassembler disassembler;
    private final Set<ObjectFile> followed;
    private final ExitFaults faults;
    private final List<Boolean> choices;
    private final List<Boolean> taken = new ArrayList<>();
    private final List<Expr> condition = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final SortedMap<String, Integer> executed = new TreeMap<>();
    private final Set<Long> compared = new LinkedHashSet<>();
    private final Set<Long> fixed = new HashSet<>();
    private OptionalLong argument = OptionalLong.empty();
    private boolean withUserGs;

    ExitExplorer(
            Program program,
            Abi abi,
            TaskMemory task,
            Solver solver,
            Disassembler disassembler,
            Set<ObjectFile> followed,
            ExitFaults faults,
            List<Boolean> choices) {
        Epoch epoch = new Epoch();
        super(program, abi, task.space(), at -> initial(program.exprs(), task, epoch, at));
        this.epoch = epoch;
        this.task = task;
        this.solver = solver;
        this.disassembler = disassembler;
        this.followed = followed;
        this.faults = faults;
        this.choices = List.copyOf(choices);
    }

    private static Expr initial(Exprs x, TaskMemory task, Epoch epoch, long at) {
        if (task.contains(at)) {
            return x.apply(MEMORY + epoch.tag, 64, List.of(x.sym(TASK, 64), x.constant(at - task.start(), 64)));
        }
        long inRegisters = at - task.registers();
        if (inRegisters >= 0 && at < task.stackTop()) {
            return x.apply(MEMORY + epoch.tag, 64, List.of(x.sym(REGISTERS, 64), x.constant(inRegisters, 64)));
        }
        Expr known = task.initial(at);
        return known instanceof Expr.Const ? known : x.sym(task.space().describe(at) + " at " + epoch.tag, 64);
    }

    /** The way from where the processor enters. */
    ExitPath follow(Entered from) {
        start(from);
        String exit = run(from.at());
        ExitFaults.End end = new ExitFaults.End(exit, registers, level(from), withUserGs);
        return new ExitPath(exit, condition, calls, executed, faults.at(end, from));
    }

    /** The privilege level that the frame on the stack has. */
    private Expr level(Entered from) {
        return from.pushes() && registers.get(abi.stackPointer()) instanceof Expr.Const c
                ? x.extract(memory.load(c.value() + 8, 64), 0, Vector.LEVEL_BITS)
                : from.origin().level(x);
    }

    /** What was chosen where both ways were possible. */
    List<Boolean> taken() {
        return List.copyOf(taken);
    }

    private void start(Entered from) {
        enter(Optional.of(from.origin()), task);
        condition.addAll(from.condition(x));
        if (from.pushes()) {
            long pointer = from.stackPointer(task);
            registers.put(abi.stackPointer(), x.constant(pointer, 64));
            List<Expr> frame = from.vector().frame(x, from.origin());
            for (int i = 0; i < frame.size(); i++) {
                memory.store(pointer + 8L * i, frame.get(i));
            }
        }
        abi.taskConstants().keySet().forEach(variable -> fixed.add(task.variable(variable)));
    }

    @Override
    protected Lifted at(Location place) {
        return program.at(place);
    }

    @Override
    protected void executed(Lifted i, Location place) {
        byte[] code = place.object().sections().get(place.section()).data();
        executed.merge(disassembler.spelled(code, (int) place.offset()).mnemonic(), 1, Integer::sum);
    }

    @Override
    protected boolean decide(Expr condition, Location here) {
        Expr e = named(condition);
        boolean yes = possible(e);
        boolean no = possible(x.not(e));
        if (!yes || !no) {
            return yes;
        }
        boolean way = taken.size() >= choices.size() || choices.get(taken.size());
        taken.add(way);
        this.condition.add(way ? e : x.not(e));
        X86Vectors.faultWithUserGs(condition).filter(when -> when == way).ifPresent(_ -> {
            withUserGs = true;
            X86Vectors.WITH_USER_GS.forEach((r, i) -> registers.put(r, initial(i)));
        });
        return way;
    }

    /** Whether the kernel was interrupted at a place, by the name of the place: where that lies is another in each version. */
    private Expr named(Expr e) {
        if (X86Vectors.faultWithUserGs(e).isEmpty()) {
            return e;
        }
        boolean holds = e instanceof Expr.Binary;
        Expr.Binary equal = (Expr.Binary) (e instanceof Expr.Unary u ? u.operand() : e);
        if (!((equal.left() instanceof Expr.Const ? equal.left() : equal.right()) instanceof Expr.Const c)) {
            return e;
        }
        boolean whole = space.code(c.value()).isPresent();
        long place = whole
                ? c.value()
                : compared.stream()
                        .filter(p -> (p & LOW) == c.value())
                        .findFirst()
                        .orElse(c.value());
        compared.add(place);
        String name = space.code(place).map(this::place).orElse(space.describe(place));
        Expr at = x.sym("entered at " + (whole ? "" : "the lower half of ") + name, 1);
        return holds ? at : x.not(at);
    }

    private String place(Location l) {
        return l.object().symbols().values().stream()
                .filter(s -> s.section() == l.section() && s.offset() == l.offset())
                .map(ObjectFile.Symbol::name)
                .sorted()
                .findFirst()
                .orElse(l.toString());
    }

    private boolean possible(Expr e) {
        return !(solver.check(condition, e) instanceof Solver.Answer.Unsatisfiable);
    }

    @Override
    protected boolean isOutside(Program.FunctionRef function) {
        return !followed.contains(function.object());
    }

    @Override
    protected boolean endsInTrap() {
        return true;
    }

    @Override
    protected Expr readAnywhere(Expr address, int width, Location here) {
        if (isThisCpu(address)) {
            return x.constant(0, width);
        }
        return x.apply(MEMORY.replace("@", width + "@") + epoch.tag, width, List.of(address, x.constant(0, 64)));
    }

    @Override
    protected void calling(String callee) {
        argument = registers.get(abi.arguments().getFirst()) instanceof Expr.Const c
                ? OptionalLong.of(c.value())
                : OptionalLong.empty();
    }

    @Override
    protected void called(String callee) {
        calls.add(callee);
        String tag = callee + "#" + occurrences.merge(callee, 1, Integer::sum);
        if (abi.routines().containsKey(callee)) {
            return;
        }
        if (callee.equals(abi.registersMovedBy()) && task.registers() != task.stackTop()) {
            registers.put(abi.result(), x.constant(task.registers(), 64));
            move(tag);
            return;
        }
        registers.put(abi.result(), x.sym("ret:" + tag, 64));
        OptionalLong selector = abi.handlers().apply(callee).isPresent() && argument.isPresent()
                ? task.selector(argument.getAsLong())
                : OptionalLong.empty();
        Expr before = selector.isPresent() ? memory.load(selector.getAsLong(), 64) : x.no();
        changed(tag);
        selector.ifPresent(at -> memory.store(at, sameLevel(before, memory.load(at, 64))));
    }

    /** Interrupted registers go to the end of the task's stack. */
    private void move(String tag) {
        List<Expr> words = new ArrayList<>();
        for (long i = 0; i < task.stackTop() - task.registers(); i += 8) {
            words.add(
                    argument.isPresent()
                            ? memory.load(argument.getAsLong() + i, 64)
                            : x.sym("interrupted registers+" + i + " of " + tag, 64));
        }
        for (int i = 0; i < words.size(); i++) {
            memory.store(task.registers() + 8L * i, words.get(i));
        }
    }

    /** A handler may change all of a selector but its privilege level (decision 22). */
    private Expr sameLevel(Expr before, Expr now) {
        int bits = Vector.LEVEL_BITS;
        return x.extract(before, 0, bits) instanceof Expr.Const level
                ? x.concat(x.extract(now, bits, 64 - bits), level)
                : now;
    }

    /** What {@code __per_cpu_offset[]} holds for the processor that {@code lsl} tells of: this one's variables are where they are. */
    private boolean isThisCpu(Expr address) {
        List<Expr> terms = Sum.of(address).terms();
        OptionalLong offsets = space.global("__per_cpu_offset");
        return offsets.isPresent()
                && Sum.of(address).offset() == offsets.getAsLong()
                && Unknowns.of(terms).stream()
                        .anyMatch(u -> u instanceof Expr.Sym s && s.name().contains("lsl"));
    }

    /** A write that may be anywhere is one that a call could have made. */
    @Override
    protected void writeAnywhere(Expr address, Location here) {
        String name = "a write through a pointer";
        changed(name + "#" + occurrences.merge(name, 1, Integer::sum));
    }

    private void changed(String tag) {
        epoch.tag = tag;
        memory.forget((at, value) -> !fixed.contains(at) && !isCode(value));
    }

    private boolean isCode(Expr value) {
        return value instanceof Expr.Const c && space.code(c.value()).isPresent();
    }
}
