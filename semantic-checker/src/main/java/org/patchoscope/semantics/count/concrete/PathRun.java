// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/**
 * Executes one path of an entry, from the vector to the exit, on values that may be unknown. What
 * is unknown must not decide where control goes or which memory is meant; then there is no path to count.
 * Calls that are not counted leave memory as it is, besides what the conditions say.
 */
public class PathRun extends ConcreteInterpreter {
    private final EntryPaths entry;
    private final Cpu cpu;
    private final CellValues conditions;
    private final BootedCode code;
    private final TaskMemory task;
    private final Map<InstructionKind, Integer> counts = new EnumMap<>(InstructionKind.class);
    private final List<String> outside = new ArrayList<>();
    private final Set<String> notes = new TreeSet<>();

    public PathRun(
            Program program,
            Abi abi,
            EntryPaths entry,
            Cpu cpu,
            CellValues conditions,
            BootedCode code,
            TaskMemory task) {
        super(program, abi, task.space(), task::initial);
        this.entry = entry;
        this.cpu = cpu;
        this.conditions = conditions;
        this.code = code;
        this.task = task;
    }

    /** The counts of the path. */
    public final PathCount.Counted run() {
        start();
        String exit = run(vector());
        for (String callee : entry.passes()) {
            if (!outside.contains(callee)) {
                throw new Uncounted("it ends in " + exit + " without a " + callee);
            }
        }
        notes.addAll(code.notes());
        return new PathCount.Counted(counts, outside, exit, List.copyOf(notes));
    }

    /** Makes the state in which user mode has entered the kernel. */
    public void start() {
        enter(abi.vectors().apply(cpu.entry().symbol()).map(v -> v.origins().getFirst()), task);
        if (!abi.returnOnStack()) {
            registers.put(abi.stackPointer(), x.constant(task.stackTop(), 64));
        }
        conditions.registers().forEach((name, value) -> registers.put(name, x.constant(value, 64)));
        entry.systemRegisters().forEach((name, value) -> system.put(name, x.constant(value, 64)));
        write(task.place(entry.currentTask()), 8, task.start());
        entry.stacks().forEach(place -> write(task.place(place), 8, task.stack(place)));
        cpu.variables().forEach((place, value) -> write(task.place(place), 8, value));
        conditions.cells().forEach(this::write);
    }

    private void write(CellValues.Value v) {
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

    @Override
    protected Lifted at(Location place) {
        return code.at(place);
    }

    @Override
    protected void executed(Lifted i, Location place) {
        counts.merge(InstructionKind.of(i), 1, Integer::sum);
    }

    @Override
    protected boolean decide(Expr condition, Location here) {
        throw new Uncounted("the branch at " + here + " depends on " + DependsOn.words(condition) + open());
    }

    @Override
    protected String open() {
        return ", which the profile leaves open";
    }

    @Override
    protected Expr readAnywhere(Expr address, int width, Location here) {
        return memory.load(number(address, "the address read", here), width);
    }

    @Override
    protected boolean isOutside(Program.FunctionRef function) {
        return entry.outside().contains(function.name());
    }

    @Override
    protected void firmware(String text) {
        outside.add(text);
    }

    /** The kernel may have another definition of a weak function in an object that is not here. */
    @Override
    protected void entered(long address) {
        space.code(address)
                .flatMap(program::startingAt)
                .filter(f -> f.object().symbols().get(f.name()) instanceof ObjectFile.Symbol s && s.weak())
                .ifPresent(f -> notes.add(
                        f.name() + "() is weak, and counted as " + f.object().name() + " has it"));
    }

    @Override
    protected void called(String name) {
        outside.add(name);
        Expr answer = conditions
                .answer(name, program.debug())
                .map(a -> x.constant(a, 64))
                .orElseGet(() -> fresh("the result of " + name + "()", 64));
        registers.put(abi.result(), answer);
        conditions.after().getOrDefault(name, List.of()).forEach(this::write);
    }
}
