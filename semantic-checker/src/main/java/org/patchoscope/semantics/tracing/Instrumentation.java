// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Place;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * What functions that must not be instrumented call, and whether {@code instrumentation_begin()} allows it there: objtool's
 * check of {@code noinstr} (tools/objtool/check.c, {@code validate_call()}), but on single objects and on the safe side. A
 * place that several ways lead to is allowed if one of them allows it; a function that is not understood has no calls.
 */
public final class Instrumentation {
    /** Deeper nesting is taken for this deep, so that a loop that only begins comes to an end. */
    private static final int DEEPEST = 8;

    /** What is known of where a callee lies. */
    public enum Callee {
        /** In a section that may be instrumented. */
        INSTRUMENTABLE,
        /** In a section that must not be, or what objtool takes for that: a static call, a sanitizer's handler. */
        NOINSTR,
        /** In none of the objects. */
        ELSEWHERE,
        /** Wherever a pointer leads: objtool takes it for a place that may be instrumented, and so must a reader. */
        BEHIND_POINTER
    }

    /**
     * A call or a jump to another function.
     *
     * @param callee who is called (nobody by name through a pointer), {@code offset} bytes behind the start of {@code caller} in {@code object}
     * @param length of the instruction, in bytes
     * @param where where the callee lies
     * @param allowed whether instrumentation is allowed there
     */
    public record Call(
            String callee, String caller, String object, long offset, int length, Callee where, boolean allowed) {
        /** Whether what a reference is part of is this call. */
        boolean holds(NoinstrCall reference) {
            return reference.object().equals(object)
                    && reference.caller().equals(caller)
                    && reference.offset() >= offset
                    && reference.offset() < offset + length;
        }
    }

    private final Program program;

    /** For the objects of one state. */
    public Instrumentation(Program program) {
        this.program = program;
    }

    /** Whether the objects say where instrumentation is allowed: without CONFIG_NOINSTR_VALIDATION they do not. */
    public boolean known() {
        return program.objects().stream()
                .anyMatch(o -> !InstrumentationMarks.of(o).isEmpty());
    }

    /** The calls of an object's functions that must not be instrumented, in the order of the code. */
    public List<Call> calls(ObjectFile o) {
        Map<Place, Integer> begins = InstrumentationMarks.of(o);
        List<Call> all = new ArrayList<>();
        o.functions().values().stream()
                .filter(f -> InstrumentationMarks.isUninstrumented(
                        o.sections().get(f.section()).name()))
                .sorted((f, g) -> f.section() != g.section()
                        ? Integer.compare(f.section(), g.section())
                        : Long.compare(f.offset(), g.offset()))
                .forEach(f -> all.addAll(calls(new FunctionRef(o, f), begins)));
        return List.copyOf(all);
    }

    /** Those of {@code references} that are not known to be allowed. */
    public List<NoinstrCall> notAllowed(List<NoinstrCall> references) {
        List<Call> allowed = program.objects().stream()
                .filter(o -> references.stream().anyMatch(r -> r.object().equals(o.name())))
                .flatMap(o -> calls(o).stream())
                .filter(Call::allowed)
                .toList();
        return references.stream()
                .filter(r -> allowed.stream().noneMatch(c -> c.holds(r)))
                .toList();
    }

    private List<Call> calls(FunctionRef f, Map<Place, Integer> begins) {
        Map<Long, Integer> depths = depths(f, begins);
        List<Call> all = new ArrayList<>();
        new TreeMap<>(depths).forEach((offset, depth) -> {
            Location at = new Location(f.object(), f.function().section(), offset);
            for (Op op : program.at(at).ops()) {
                target(op).flatMap(t -> call(f, at, t, depth > 0)).ifPresent(all::add);
                if (op instanceof Op.Call c && c.target() instanceof Op.CodeTarget.Indirect && !isOfParavirt(at)) {
                    long from = at.offset() - f.function().offset();
                    int length = program.at(at).length();
                    all.add(new Call("", f.name(), f.object().name(), from, length, Callee.BEHIND_POINTER, depth > 0));
                }
            }
        });
        return all;
    }

    /** How deep every place that can be reached is within what allows instrumentation; none if not all is understood. */
    private Map<Long, Integer> depths(FunctionRef f, Map<Place, Integer> begins) {
        Map<Long, Integer> depths = new HashMap<>();
        Deque<Location> open = new ArrayDeque<>(List.of(f.entry()));
        depths.put(f.entry().offset(), 0);
        while (!open.isEmpty()) {
            Location at = open.pop();
            if (!understood(program.at(at))) {
                return Map.of();
            }
            int mark = begins.getOrDefault(new Place(at.section(), at.offset()), 0);
            int depth = Math.min(DEEPEST, depths.getOrDefault(at.offset(), 0) + mark);
            for (Location next : program.successors(f, at)) {
                Integer known = depths.get(next.offset());
                if (known == null || known < depth) {
                    depths.put(next.offset(), depth);
                    open.push(next);
                }
            }
        }
        return depths;
    }

    private static boolean understood(Lifted i) {
        return i.ops().stream()
                .noneMatch(op -> op instanceof Op.Unsupported
                        || op instanceof Op.Jump j && j.target() instanceof Op.CodeTarget.Indirect
                        || op instanceof Op.Branch b && b.target() instanceof Op.CodeTarget.Indirect);
    }

    private static Optional<Op.CodeTarget.Symbol> target(Op op) {
        Op.CodeTarget target = op instanceof Op.Call c
                ? c.target()
                : op instanceof Op.Jump j ? j.target() : op instanceof Op.Branch b ? b.target() : null;
        return target instanceof Op.CodeTarget.Symbol s ? Optional.of(s) : Optional.empty();
    }

    /** Of these objtool looks at all that the pointer can be (tools/objtool/check.c, pv_call_dest()); here nobody does. */
    private boolean isOfParavirt(Location at) {
        return at
                .object()
                .relocationsIn(at.section(), at.offset(), program.at(at).length())
                .stream()
                .anyMatch(r -> r.symbol().equals("pv_ops"));
    }

    private Optional<Call> call(FunctionRef f, Location at, Op.CodeTarget.Symbol to, boolean allowed) {
        Optional<Location> place = program.target(at, to);
        if (place.filter(p -> p.object() == f.object() && f.function().contains(p.section(), p.offset()))
                .isPresent()) {
            return Optional.empty();
        }
        Optional<FunctionRef> callee = place.flatMap(program::startingAt);
        if (place.isPresent() && callee.isEmpty()) {
            // Into the middle of something: a part of a function that the compiler put elsewhere, or assembly.
            return Optional.empty();
        }
        String name = callee.map(FunctionRef::name).orElse(to.name());
        long offset = at.offset() - f.function().offset();
        int length = program.at(at).length();
        return Optional.of(new Call(name, f.name(), f.object().name(), offset, length, where(name, callee), allowed));
    }

    private static Callee where(String name, Optional<FunctionRef> callee) {
        String section = callee.map(
                        c -> c.object().sections().get(c.function().section()).name())
                .orElse("");
        return InstrumentationMarks.isExempt(name, section)
                ? Callee.NOINSTR
                : callee.isPresent() ? Callee.INSTRUMENTABLE : Callee.ELSEWHERE;
    }
}
