// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.count.concrete.AddressSpace;
import org.patchoscope.semantics.count.concrete.BootedCode;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.count.concrete.PathRun;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/**
 * Counts the instructions of the profile's named paths by executing them, once each. A count is exact for
 * the conditions that the profile names; a path that they leave open is not counted, with what it depends on.
 */
public final class PathCounter {
    private final Program program;
    private final Target target;
    private final Map<String, Long> macros;
    private final Layout layout;
    private final AddressSpace space;

    /**
     * For one state of a tree.
     *
     * @param macros values of the tree's flags, THREAD_SIZE and CPU feature numbers
     */
    public PathCounter(Program program, Target target, Map<String, Long> macros) {
        this.program = program;
        this.target = target;
        this.macros = Map.copyOf(macros);
        this.layout = new Layout(program.debug());
        this.space = new AddressSpace(program.objects());
    }

    /** Whether the kernel is made for a processor. */
    public boolean isFor(Cpu cpu) {
        return BootedCode.isOf(program, cpu);
    }

    /** The counts of all paths on all processors of an entry, in the profile's order. */
    public List<PathCount> count(EntryPaths entry) {
        List<PathCount> all = new ArrayList<>();
        for (NamedPath path : entry.paths()) {
            for (Cpu cpu : entry.cpus()) {
                all.add(new PathCount(entry.name(), cpu.name(), path.name(), result(entry, path, cpu)));
            }
        }
        return List.copyOf(all);
    }

    private PathCount.Result result(EntryPaths entry, NamedPath path, Cpu cpu) {
        if (!isFor(cpu)) {
            return new PathCount.NotCounted("this kernel has no " + cpu.returnThunk() + "()");
        }
        try {
            CellValues conditions = CellValues.of(entry, path, layout, macros);
            BootedCode code = BootedCode.of(program, target, cpu, macros);
            TaskMemory task = new TaskMemory(program.exprs(), space, program.debug(), macros);
            return new PathRun(program, target.abi(), entry, cpu, conditions, code, task).run();
        } catch (Uncounted e) {
            return new PathCount.NotCounted(e.reason());
        }
    }
}
