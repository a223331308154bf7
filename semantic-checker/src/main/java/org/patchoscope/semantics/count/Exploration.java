// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Abi;
import org.patchoscope.semantics.machine.Location;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.Solver;

/**
 * One of the ways from a system call's entry on x86-64. Branches that an unknown decides follow a list of choices and,
 * where that ends, go the first way that is possible. A call that is not followed may change all memory but return
 * addresses and what stays as long as the task runs; unknowns are named by the call that made them.
 */
final class Exploration extends Execution {
    /** Named as the comparison names it, so that the same words come of it. */
    private static final String MEMORY = "memory@";

    private static final String TASK = "current";

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
    private final Set<Long> fixed = new HashSet<>();

    Exploration(
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

    /** The way from an entry. */
    ExitWay follow(String entry, Location from) {
        start(entry);
        String exit = run(from);
        return new ExitWay(exit, condition, calls, executed, faults.at(exit, registers));
    }

    /** What was chosen where both ways were possible. */
    List<Boolean> taken() {
        return List.copyOf(taken);
    }

    private void start(String entry) {
        fromUser(entry, task);
        abi.taskConstants().keySet().forEach(variable -> fixed.add(task.variable(variable)));
    }

    @Override
    Lifted at(Location place) {
        return program.at(place);
    }

    @Override
    void executed(Lifted i, Location place) {
        byte[] code = place.object().sections().get(place.section()).data();
        executed.merge(disassembler.spelled(code, (int) place.offset()).mnemonic(), 1, Integer::sum);
    }

    @Override
    boolean decide(Expr e, Location here) {
        boolean yes = possible(e);
        boolean no = possible(x.not(e));
        if (!yes || !no) {
            return yes;
        }
        boolean way = taken.size() >= choices.size() || choices.get(taken.size());
        taken.add(way);
        condition.add(way ? e : x.not(e));
        return way;
    }

    private boolean possible(Expr e) {
        return !(solver.check(condition, e) instanceof Solver.Answer.Unsatisfiable);
    }

    @Override
    boolean isOutside(Program.FunctionRef function) {
        return !followed.contains(function.object());
    }

    @Override
    boolean endsInTrap() {
        return true;
    }

    @Override
    Expr readAnywhere(Expr address, int width, Location here) {
        return x.apply(MEMORY.replace("@", width + "@") + epoch.tag, width, List.of(address, x.constant(0, 64)));
    }

    @Override
    void called(String callee) {
        calls.add(callee);
        String tag = callee + "#" + occurrences.merge(callee, 1, Integer::sum);
        if (abi.routines().containsKey(callee)) {
            return;
        }
        registers.put(abi.result(), x.sym("ret:" + tag, 64));
        changed(tag);
    }

    /** A write that may be anywhere is one that a call could have made. */
    @Override
    void writeAnywhere(Expr address, Location here) {
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
