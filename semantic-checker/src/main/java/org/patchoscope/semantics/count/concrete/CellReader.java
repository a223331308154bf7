// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/** Cells and macros of a profile in the numbers of one tree. */
public record CellReader(Layout layout, Map<String, Long> macros) {
    /** A bit, or a value, of a cell: {@code name} is the macro's. */
    public record Bit(String name, String cell, CellValues.Value value) {}

    /** Those of a flag's bits that the tree has, in the order of the cells' names. */
    public List<Bit> bits(Map<String, List<String>> wanted) {
        List<Bit> found = new ArrayList<>();
        new TreeMap<>(wanted)
                .forEach((cell, names) -> slot(cell).ifPresent(slot -> {
                    for (String name : names) {
                        number(name).ifPresent(n -> found.add(new Bit(name, cell, value(slot, n))));
                    }
                }));
        return found;
    }

    Optional<CellValues.Value> exact(String cell, List<String> names) {
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

    List<CellValues.Value> requested(Map<String, List<String>> request) {
        List<CellValues.Value> values = new ArrayList<>();
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

    public static List<String> words(Map<String, List<String>> request) {
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
        return layout.debug()
                .member(parts[0], parts[1])
                .map(m -> m.type().text().replaceFirst("^struct ", ""))
                .flatMap(structure -> layout.debug().member(structure, parts[2]))
                .map(m -> new Layout.Slot(
                        outer.get().offset() + m.offset(), m.type().size()));
    }

    /** How far a member ({@code structure.member}) lies behind the start of its structure. */
    public Optional<Integer> offset(String member) {
        int dot = member.indexOf('.');
        return layout.debug()
                .member(member.substring(0, dot), member.substring(dot + 1))
                .map(DebugInfo.Member::offset);
    }

    private static CellValues.Value value(Layout.Slot slot, long value) {
        return new CellValues.Value(slot.offset(), Math.clamp(slot.size(), 1, 8), value);
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
