// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.patchoscope.semantics.object.DebugInfo;

/** Where the members of a structure lie within the current task: {@code thread_info} is its first part. */
public final class Layout {
    /** A member: byte offset from the start of the task, and its size. */
    public record Slot(long offset, int size) {}

    private final DebugInfo debug;
    private final Map<String, Optional<Slot>> slots = new ConcurrentHashMap<>();

    public Layout(DebugInfo debug) {
        this.debug = debug;
    }

    /** The place of {@code structure.member} relative to the current task. */
    public Optional<Slot> slot(String cell) {
        return slots.computeIfAbsent(cell, this::find);
    }

    private Optional<Slot> find(String cell) {
        int dot = cell.indexOf('.');
        String structure = cell.substring(0, dot);
        String member = cell.substring(dot + 1);
        DebugInfo.Structure s = debug.structures().get(structure);
        if (s == null) {
            return Optional.empty();
        }
        long base = structure.equals("thread_info")
                ? member("task_struct", "thread_info").map(Slot::offset).orElse(0L)
                : 0;
        return member(structure, member).map(m -> new Slot(base + m.offset(), m.size()));
    }

    private Optional<Slot> member(String structure, String member) {
        return debug.member(structure, member)
                .map(m -> new Slot(m.offset(), m.type().size()));
    }

    /** A structure's size in bytes. */
    public Optional<Integer> sizeOf(String structure) {
        return Optional.ofNullable(debug.structures().get(structure)).map(DebugInfo.Structure::size);
    }

    public DebugInfo debug() {
        return debug;
    }
}
