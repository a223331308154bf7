// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * A path's conditions in the numbers of one tree.
 *
 * @param registers what user mode has in them
 * @param cells of the current task at the start
 * @param answers results of calls, by callee or by result type and callee
 * @param after cells that a call changes, by callee
 */
public record CellValues(
        Map<String, Long> registers, List<Value> cells, Map<String, Long> answers, Map<String, List<Value>> after) {

    /** {@code size} bytes at {@code offset} of the current task. */
    public record Value(long offset, int size, long value) {}

    /** What a callee returns, if the profile says so for its result type. */
    public Optional<Long> answer(String callee, DebugInfo debug) {
        Long known = answers.get(callee);
        DebugInfo.Prototype type = debug.prototypes().get(callee);
        if (known == null && type != null) {
            known = answers.get(type.result().text().replace("_Bool", "bool") + " " + callee);
        }
        return Optional.ofNullable(known);
    }

    /**
     * Resolves cells by debug information and macros by the tree's values.
     *
     * @throws Uncounted if the tree has nothing that asks for the path, or lacks a macro
     */
    public static CellValues of(EntryPaths entry, NamedPath path, Layout layout, Map<String, Long> macros) {
        CellReader reader = new CellReader(layout, macros);
        Map<String, List<String>> cells = new TreeMap<>(entry.cells());
        cells.putAll(path.cells());
        cells.keySet().removeAll(path.request().keySet());
        List<Value> values = new ArrayList<>();
        cells.forEach((cell, names) -> reader.exact(cell, names).ifPresent(values::add));
        values.addAll(reader.requested(new TreeMap<>(path.request())));
        Map<String, Long> answers = new HashMap<>(entry.answers());
        answers.putAll(path.answers());
        Map<String, List<Value>> after = new HashMap<>();
        path.after().forEach(a -> {
            List<Value> changed = new ArrayList<>();
            new TreeMap<>(a.cells())
                    .forEach((cell, names) -> reader.exact(cell, names).ifPresent(changed::add));
            after.put(a.call(), List.copyOf(changed));
        });
        Map<String, Long> registers = new HashMap<>(entry.registers());
        registers.putAll(path.registers());
        return new CellValues(Map.copyOf(registers), List.copyOf(values), Map.copyOf(answers), Map.copyOf(after));
    }
}
