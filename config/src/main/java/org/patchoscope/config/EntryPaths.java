// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An entry into the kernel whose instructions are counted along named paths. The
 * conditions must leave nothing open that decides a branch: a path that depends on anything else is
 * reported as not counted, with what it depends on.
 *
 * <p>Cells are written {@code structure.member} and lie in the current task, or, where debug information does
 * not name a place ({@code structure.member+0x8}), so far behind a cell of that size; a cell that the
 * configuration does not have is left out. Their values are macros to be joined, macros that number a bit
 * ({@code bit TIF_SINGLESTEP}), or numbers; none is zero.
 *
 * @param name what reports call it
 * @param registers what user mode has in general registers, by name; others may hold anything
 * @param systemRegisters values at the exception, by the assembler's name; others may hold anything
 * @param currentTask per-CPU variable that points to the current task
 * @param stacks places that hold the end of a stack of their own, per-CPU variables with a distance in bytes
 * @param outside functions that are not counted even where the objects define them
 * @param cells of the current task, for every path
 * @param answers results of calls that are not counted, for every path, by callee, or by result type and callee
 *     ({@code bool f}) where the meaning of a number depends on the type
 * @param passes calls without which an execution is none of these paths
 * @param cpus what alternatives and static keys are for; each path is counted for each
 * @param paths the named paths
 */
public record EntryPaths(
        String name,
        Map<String, Long> registers,
        Map<String, Long> systemRegisters,
        String currentTask,
        List<String> stacks,
        List<String> outside,
        Map<String, List<String>> cells,
        Map<String, Long> answers,
        List<String> passes,
        List<Cpu> cpus,
        List<NamedPath> paths) {
    /** Stands before a macro that is the number of a bit. */
    public static final String BIT = "bit ";

    public EntryPaths {
        registers = Map.copyOf(registers);
        systemRegisters = Map.copyOf(systemRegisters);
        stacks = List.copyOf(stacks);
        outside = List.copyOf(outside);
        cells = Map.copyOf(cells);
        answers = Map.copyOf(answers);
        passes = List.copyOf(passes);
        cpus = List.copyOf(cpus);
        paths = List.copyOf(paths);
    }

    /** The same for other processors. */
    public EntryPaths on(List<Cpu> others) {
        return new EntryPaths(
                name, registers, systemRegisters, currentTask, stacks, outside, cells, answers, passes, others, paths);
    }

    /** All macros whose values the conditions need. */
    public Set<String> macros() {
        Set<String> names = new TreeSet<>();
        cpus.forEach(c -> names.addAll(c.features()));
        Stream.concat(
                        Stream.of(cells),
                        paths.stream()
                                .flatMap(p -> Stream.concat(
                                        Stream.of(p.request(), p.cells()),
                                        p.after().stream().map(After::cells))))
                .flatMap(c -> c.values().stream())
                .flatMap(List::stream)
                .map(m -> m.startsWith(BIT) ? m.substring(BIT.length()) : m)
                .filter(m -> !Character.isDigit(m.charAt(0)))
                .forEach(names::add);
        return names;
    }

    /**
     * A kind of processor, and how the kernel has patched itself for it.
     *
     * @param name what reports call it
     * @param text what it stands for
     * @param entry where the exception arrives: a symbol and a distance in bytes
     * @param features macros of the features that are there; all others are not
     * @param callbacks what functions that patch code themselves make of it: {@code nop}, {@code
     *     firmware} for a call to firmware, or a number for the immediate of a move; others leave the code as compiled
     * @param staticKeys keys that are not in their initial state
     * @param returnThunk the function that the kernel makes all returns jump to for this processor; it is one of kernels alone
     *     that have this function. Empty if returns stay returns
     * @param variables values of variables, or of places in them ({@code name+0x4}), eight bytes each; per-CPU variables are those of this processor
     */
    public record Cpu(
            String name,
            String text,
            Entry entry,
            List<String> features,
            Map<String, String> callbacks,
            Map<String, Boolean> staticKeys,
            String returnThunk,
            Map<String, Long> variables) {
        public Cpu {
            features = List.copyOf(features);
            callbacks = Map.copyOf(callbacks);
            staticKeys = Map.copyOf(staticKeys);
            variables = Map.copyOf(variables);
        }
    }

    /** A place in the code. */
    public record Entry(String symbol, long offset) {}

    /**
     * A path.
     *
     * @param name what reports call it
     * @param text what happens on it
     * @param registers more registers, besides or instead of those for every path
     * @param request the cells that ask for it; of these at least one must exist, with at least one of its macros
     * @param cells more cells, besides or instead of those for every path
     * @param answers more answers, besides or instead of those for every path
     * @param after cells that calls change
     */
    public record NamedPath(
            String name,
            String text,
            Map<String, Long> registers,
            Map<String, List<String>> request,
            Map<String, List<String>> cells,
            Map<String, Long> answers,
            List<After> after) {
        public NamedPath {
            registers = Map.copyOf(registers);
            request = Map.copyOf(request);
            cells = Map.copyOf(cells);
            answers = Map.copyOf(answers);
            after = List.copyOf(after);
        }
    }

    /** After {@code call} has returned, the cells have these values. */
    public record After(String call, Map<String, List<String>> cells) {
        public After {
            cells = Map.copyOf(cells);
        }
    }
}
