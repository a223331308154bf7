// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * A path's conditions in the numbers of one tree.
 *
 * @param registers what user mode has in them
 * @param cells of the current task at the start
 * @param answers results of calls, by callee or by result type and callee
 * @param after cells that a call changes, by callee
 */
record Conditions(
        Map<String, Long> registers, List<Value> cells, Map<String, Long> answers, Map<String, List<Value>> after) {

    /** {@code size} bytes at {@code offset} of the current task. */
    record Value(long offset, int size, long value) {}

    /** What a callee returns, if the profile says so for its result type. */
    Optional<Long> answer(String callee, DebugInfo debug) {
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
    static Conditions of(EntryPaths entry, NamedPath path, Layout layout, Map<String, Long> macros) {
        Reader reader = new Reader(layout, macros);
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
        return new Conditions(Map.copyOf(registers), List.copyOf(values), Map.copyOf(answers), Map.copyOf(after));
    }

    private record Reader(Layout layout, Map<String, Long> macros) {

        Optional<Value> exact(String cell, List<String> names) {
            Optional<Layout.Slot> slot = slot(cell);
            if (slot.isEmpty()) {
                return Optional.empty();
            }
            long value = 0;
            for (String name : names) {
                value |= number(name).orElseThrow(() -> new Uncounted("the tree has no " + name));
            }
            return Optional.of(value(slot.get(), value));
        }

        List<Value> requested(Map<String, List<String>> request) {
            List<Value> values = new ArrayList<>();
            boolean asked = request.isEmpty();
            for (Map.Entry<String, List<String>> e : request.entrySet()) {
                Optional<Layout.Slot> slot = slot(e.getKey());
                if (slot.isPresent()) {
                    long value = 0;
                    for (String name : e.getValue()) {
                        value |= number(name).orElse(0L);
                    }
                    asked |= value != 0;
                    values.add(value(slot.get(), value));
                }
            }
            if (!asked) {
                throw new Uncounted("the tree has none of " + String.join(", ", words(request)));
            }
            return values;
        }

        private static List<String> words(Map<String, List<String>> request) {
            return request.entrySet().stream()
                    .flatMap(e -> e.getValue().stream().map(m -> m + " in " + e.getKey()))
                    .toList();
        }

        /** The place of a member, or of a member of a member ({@code task_struct.rseq.event}). */
        private Optional<Layout.Slot> slot(String cell) {
            int plus = cell.indexOf('+');
            if (plus >= 0) {
                long behind = Long.decode(cell.substring(plus + 1));
                return slot(cell.substring(0, plus)).map(s -> new Layout.Slot(s.offset() + behind, s.size()));
            }
            String[] parts = cell.split("\\.", 3);
            Optional<Layout.Slot> outer = layout.slot(parts[0] + "." + parts[1]);
            if (parts.length < 3 || outer.isEmpty()) {
                return outer;
            }
            return member(parts[0], parts[1])
                    .map(m -> m.type().text().replaceFirst("^struct ", ""))
                    .flatMap(structure -> member(structure, parts[2]))
                    .map(m -> new Layout.Slot(
                            outer.get().offset() + m.offset(), m.type().size()));
        }

        private Optional<DebugInfo.Member> member(String structure, String name) {
            DebugInfo.Structure s = layout.debug().structures().get(structure);
            return s == null
                    ? Optional.empty()
                    : s.members().stream().filter(m -> m.name().equals(name)).findFirst();
        }

        private static Value value(Layout.Slot slot, long value) {
            return new Value(slot.offset(), Math.clamp(slot.size(), 1, 8), value);
        }

        private Optional<Long> number(String name) {
            if (Character.isDigit(name.charAt(0))) {
                return Optional.of(Long.decode(name));
            }
            return name.startsWith(EntryPaths.BIT)
                    ? Optional.ofNullable(macros.get(name.substring(EntryPaths.BIT.length())))
                            .map(n -> 1L << n)
                    : Optional.ofNullable(macros.get(name));
        }
    }
}
