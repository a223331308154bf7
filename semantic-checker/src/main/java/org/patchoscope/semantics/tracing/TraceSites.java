// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Function;
import org.patchoscope.semantics.object.ObjectFile.Place;

/**
 * Where the function tracer patches an object: {@code __mcount_loc} or {@code __patchable_function_entries} where the
 * compiler wrote them, and calls of {@code __fentry__} where objtool will (scripts/Makefile.lib, tools/objtool).
 */
public final class TraceSites {
    private static final Set<String> TABLES = Set.of("__mcount_loc", "__patchable_function_entries");
    private static final Set<String> HOOKS = Set.of("__fentry__", "_mcount");

    /** With call ops, room for a pointer before the function belongs to its site (arch/arm64/Makefile). */
    private static final int LONGEST_PREFIX = 16;

    private final ObjectFile object;
    private final SortedSet<String> traceable;

    private TraceSites(ObjectFile object, SortedSet<String> traceable) {
        this.object = object;
        this.traceable = traceable;
    }

    /** Reads the sites of an object. */
    public static TraceSites of(ObjectFile object) {
        SortedSet<String> names = new TreeSet<>();
        sites(object).forEach(site -> functionsAt(object, site).forEach(f -> names.add(f.name())));
        return new TraceSites(object, names);
    }

    private static Stream<Place> sites(ObjectFile o) {
        Stream<Place> tables = o.sections().stream()
                .filter(s -> TABLES.contains(s.name()))
                .flatMap(s -> o.relocationsIn(s.index(), 0, s.data().length).stream())
                .map(r -> Optional.ofNullable(r.definedAt()))
                .flatMap(Optional::stream);
        Stream<Place> calls = o.sections().stream()
                .filter(ObjectFile.Section::executable)
                .flatMap(s -> o.relocationsIn(s.index(), 0, s.data().length).stream()
                        .filter(r -> HOOKS.contains(r.symbol()))
                        .map(r -> new Place(s.index(), r.offset())));
        return Stream.concat(tables, calls).distinct();
    }

    /** Several functions may share their code. */
    private static Stream<Function> functionsAt(ObjectFile o, Place site) {
        Set<Function> around = o.functions().values().stream()
                .filter(f -> f.contains(site.section(), site.offset()))
                .collect(Collectors.toSet());
        if (!around.isEmpty()) {
            return around.stream();
        }
        long first = o.functions().values().stream()
                .filter(f -> f.section() == site.section() && f.offset() > site.offset())
                .map(Function::offset)
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
        return o.functions().values().stream()
                .filter(f -> f.section() == site.section() && f.offset() == first)
                .filter(f -> first - site.offset() <= LONGEST_PREFIX);
    }

    /** The object. */
    public ObjectFile object() {
        return object;
    }

    /** Functions that can be traced, by name. */
    public Set<String> traceable() {
        return Set.copyOf(traceable);
    }

    boolean has(String function) {
        return object.functions().containsKey(function);
    }

    /** Whether a function lies where nothing may be instrumented. */
    boolean uninstrumented(Function f) {
        return InstrumentationMarks.isUninstrumented(
                object.sections().get(f.section()).name());
    }
}
