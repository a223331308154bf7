// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What debug information says that machine code does not: prototypes, structures, stack variables.
 *
 * @param prototypes by function name, declarations included
 * @param structures by tag name
 * @param locals stack variables per function, inlined ones included
 * @param callSites per function: the DWARF numbers of registers that a call is known to set
 * @param inlined functions of which there is an inlined copy
 * @param copies inlined copies inside each function, a copy before those inside it
 */
public record DebugInfo(
        Map<String, Prototype> prototypes,
        Map<String, Structure> structures,
        Map<String, List<Local>> locals,
        Map<String, Map<CallPlace, Set<Integer>>> callSites,
        Set<String> inlined,
        Map<String, List<InlinedCopy>> copies) {

    /** Without a word on what was inlined. */
    public DebugInfo(
            Map<String, Prototype> prototypes,
            Map<String, Structure> structures,
            Map<String, List<Local>> locals,
            Map<String, Map<CallPlace, Set<Integer>>> callSites) {
        this(prototypes, structures, locals, callSites, Set.of(), Map.of());
    }

    /** In place of a register: the parameter is a constant or unused, and not passed. */
    public static final int NOT_PASSED = -1;

    /** In place of a register: where the parameter is passed is not said. */
    public static final int NOT_KNOWN = -2;

    /** What an object without debug information has. */
    public static DebugInfo none() {
        return new DebugInfo(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** A call: the offset in its section that it returns to, or that of the jump where it is in tail position. */
    public record CallPlace(long offset, boolean tail) {
        /** The same, {@code by} bytes further up. */
        public CallPlace before(long by) {
            return new CallPlace(offset - by, tail);
        }
    }

    /** What the bits above a small integer are filled with where it becomes a larger one. */
    public enum Widening {
        ZEROS,
        SIGN,
        /** It is no integer, or not known. */
        NONE
    }

    /** A parameter or result: its type as C writes it, its size in bytes (0 for void), and how it is widened. */
    public record Type(String text, int size, Widening widening) {
        /** A type of which it is not said how it is widened. */
        public Type(String text, int size) {
            this(text, size, Widening.NONE);
        }

        /** Whether it is C's truth value, of which one bit counts. */
        public boolean isTruth() {
            return text.equals("_Bool") || text.equals("bool");
        }

        /** The structure this is a pointer to, or empty. */
        public Optional<String> pointee() {
            if (!text.endsWith("*") || text.indexOf('*') != text.length() - 1) {
                return Optional.empty();
            }
            String tag = text.substring(0, text.length() - 1).trim();
            return Optional.of(tag.replaceFirst("^const ", ""));
        }
    }

    /**
     * A function's type.
     *
     * @param names the parameters' names where the unit defines the function
     * @param registers DWARF numbers of the registers that hold the parameters on entry, or {@link #NOT_PASSED} or {@link #NOT_KNOWN}; only
     *     given where the compiler has changed the calling convention of a local function
     * @param defined whether it is from the function's definition; a declaration has no names of parameters
     */
    public record Prototype(
            String name,
            Type result,
            List<Type> parameters,
            List<String> names,
            List<Integer> registers,
            boolean variadic,
            boolean noReturn,
            boolean defined) {
        /** Whether the compiler changed which registers hold the parameters. */
        public boolean ownConvention() {
            return !registers.isEmpty();
        }

        /** The same, from the function's definition or not. */
        Prototype defined(boolean now) {
            return new Prototype(name, result, parameters, names, registers, variadic, noReturn, now);
        }

        /** The same with other names for its parameters; as it is if their number is another. */
        public Prototype named(List<String> others) {
            return others.size() == names.size()
                    ? new Prototype(name, result, parameters, others, registers, variadic, noReturn, defined)
                    : this;
        }
    }

    /** A member; {@code offset} and {@code size} in bytes. */
    public record Member(String name, int offset, Type type) {}

    /** A structure or union with its members in order of declaration. */
    public record Structure(String name, int size, List<Member> members) {}

    /** A variable in memory at {@code frameBase + offset}, {@code size} bytes long. */
    public record Local(String name, long offset, int size, boolean stackPointerBase) {}

    /** A member of a structure, named as it is declared; empty where either is not known. */
    public Optional<Member> member(String structure, String name) {
        Structure s = structures.get(structure);
        return s == null
                ? Optional.empty()
                : s.members().stream().filter(m -> m.name().equals(name)).findFirst();
    }

    /** Code of an inlined function: bytes from the start of the function that it is inlined into. */
    public record InlinedCopy(String name, List<Extent> extents) {
        public InlinedCopy {
            extents = List.copyOf(extents);
        }

        /** Whether it has the instruction there. */
        public boolean contains(long offset) {
            return extents.stream().anyMatch(e -> offset >= e.from() && offset < e.to());
        }
    }

    /** Bytes from {@code from} up to, but not with, {@code to}. */
    public record Extent(long from, long to) {}

    /** The inlined functions that an instruction of {@code function} is of, the outermost first. */
    public List<String> inlinedAt(String function, long offset) {
        return copies.getOrDefault(function, List.of()).stream()
                .filter(c -> c.contains(offset))
                .map(InlinedCopy::name)
                .toList();
    }

    /** Both at once; a definition wins over a declaration, else the first. */
    public DebugInfo and(DebugInfo other) {
        return new DebugInfo(
                prototypes(other),
                merge(structures, other.structures),
                merge(locals, other.locals),
                merge(callSites, other.callSites),
                merge(inlined, other.inlined),
                merge(copies, other.copies));
    }

    private static Set<String> merge(Set<String> first, Set<String> second) {
        Set<String> all = new java.util.LinkedHashSet<>(first);
        all.addAll(second);
        return java.util.Collections.unmodifiableSet(all);
    }

    private Map<String, Prototype> prototypes(DebugInfo other) {
        Map<String, Prototype> all = new java.util.LinkedHashMap<>(prototypes);
        other.prototypes.forEach((f, p) -> all.merge(f, p, (a, b) -> b.defined() && !a.defined() ? b : a));
        return java.util.Collections.unmodifiableMap(all);
    }

    private static <V> Map<String, V> merge(Map<String, V> first, Map<String, V> second) {
        Map<String, V> all = new java.util.LinkedHashMap<>(second);
        all.putAll(first);
        return java.util.Collections.unmodifiableMap(all);
    }
}
