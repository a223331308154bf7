// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.patchoscope.semantics.object.ObjectFile;

/** What can be traced in the objects of one state and not in those of another, and why. */
public final class TracingComparison {
    /**
     * One state.
     *
     * @param objects by name, as Kbuild calls them
     * @param declarations of an object's source; asked for only where something changed
     */
    public record State(Map<String, TraceSites> objects, Function<String, Declarations> declarations) {
        public State {
            objects = Map.copyOf(objects);
        }

        /** The state that has these objects. */
        public static State of(List<ObjectFile> objects, Function<String, Declarations> declarations) {
            Map<String, TraceSites> sites = new LinkedHashMap<>();
            objects.forEach(o -> sites.put(o.name(), TraceSites.of(o)));
            return new State(sites, declarations);
        }

        /** How many functions can be traced. */
        public int traceable() {
            return objects.values().stream().mapToInt(s -> s.traceable().size()).sum();
        }
    }

    private final State before;
    private final State after;

    public TracingComparison(State before, State after) {
        this.before = before;
        this.after = after;
    }

    /** The changes, by object and function; objects that one state lacks are left out. */
    public List<TracingChange> changes() {
        List<TracingChange> all = new ArrayList<>();
        for (String object : new TreeSet<>(before.objects().keySet())) {
            if (before.objects().get(object) instanceof TraceSites one
                    && after.objects().get(object) instanceof TraceSites two) {
                SortedSet<String> either = new TreeSet<>(one.traceable());
                either.addAll(two.traceable());
                either.removeIf(
                        f -> one.traceable().contains(f) && two.traceable().contains(f));
                either.forEach(f -> all.add(new TracingChange(f, object, of(before, one, f), of(after, two, f))));
            }
        }
        return List.copyOf(all);
    }

    /** Whether {@code function} of an object can be traced. */
    static Traceability of(State state, TraceSites sites, String function) {
        if (sites.traceable().contains(function)) {
            return Traceability.TRACEABLE;
        }
        ObjectFile.Function code = sites.object().functions().get(function);
        if (code != null && sites.uninstrumented(code)) {
            return Traceability.NOINSTR;
        }
        Declarations declared = state.declarations().apply(sites.object().name());
        if (code == null) {
            return declared.known() && !declared.defines(function) ? Traceability.ABSENT : Traceability.INLINED;
        }
        if (declared.notrace(function)) {
            return declared.inline(function) ? Traceability.INLINE : Traceability.NOTRACE;
        }
        return sites.traceable().isEmpty() ? Traceability.FILE : Traceability.UNEXPLAINED;
    }

    /** Where code that must not be instrumented calls a function that can be traced since the change. */
    public List<NoinstrCall> calls(List<TracingChange> changes) {
        Set<String> now = changes.stream()
                .filter(c -> c.after() == Traceability.TRACEABLE)
                .map(TracingChange::function)
                .collect(Collectors.toSet());
        List<NoinstrCall> all = new ArrayList<>();
        for (String object : new TreeSet<>(after.objects().keySet())) {
            if (after.objects().get(object) instanceof TraceSites sites) {
                sites.object().functions().values().stream()
                        .filter(sites::uninstrumented)
                        .forEach(f -> references(sites.object(), f, now, all));
            }
        }
        return List.copyOf(all);
    }

    private static void references(ObjectFile o, ObjectFile.Function f, Set<String> now, List<NoinstrCall> into) {
        o.relocationsIn(f.section(), f.offset(), (int) f.size()).stream()
                .filter(r -> now.contains(r.symbol()) && isBranch(r.type()))
                .map(r -> new NoinstrCall(r.symbol(), f.name(), o.name(), r.offset() - f.offset()))
                .forEach(into::add);
    }

    /** AAELF64, section 5.7.6; System V ABI AMD64 supplement, table 4.10: calls and jumps to functions. */
    private static boolean isBranch(String type) {
        return type.equals("R_AARCH64_CALL26") || type.equals("R_AARCH64_JUMP26") || type.equals("R_X86_64_PLT32");
    }
}
