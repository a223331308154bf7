// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.tracing.Instrumentation.Call;
import org.patchoscope.semantics.tracing.Instrumentation.Callee;

/** Which calls leave code that must not be instrumented in one state of a program and did not in another. */
public final class NoinstrChange {
    /**
     * What is said of them.
     *
     * @param certain calls of functions that may be instrumented, where that is not allowed
     * @param moved calls of functions that none of the objects has, now where instrumentation is not allowed and before only
     *     where it is: wrong unless the callee is noinstr itself
     * @param unmarked where the objects do not say where instrumentation is allowed: calls of functions that may be
     *     instrumented, which no code that must not be called before; wrong unless it is allowed there
     */
    public record Result(List<Call> certain, List<Call> moved, List<Call> unmarked) {
        public Result {
            certain = List.copyOf(certain);
            moved = List.copyOf(moved);
            unmarked = List.copyOf(unmarked);
        }
    }

    private final List<ObjectFile> objects;
    private final Instrumentation analysis;

    private NoinstrChange(List<ObjectFile> objects, Instrumentation analysis) {
        this.objects = objects;
        this.analysis = analysis;
    }

    /**
     * What changed.
     *
     * @param differs whether an object of one state is another one, or not there, in the other
     */
    public static Result of(
            List<ObjectFile> older,
            Instrumentation before,
            List<ObjectFile> newer,
            Instrumentation after,
            Predicate<ObjectFile> differs) {
        boolean marked = before.known() && after.known();
        List<Call> now = new ArrayList<>();
        newer.stream().filter(differs).forEach(o -> now.addAll(after.calls(o)));
        List<Call> suspects = now.stream()
                .filter(c -> !(marked && c.allowed()) && c.where() != Callee.NOINSTR)
                .toList();
        if (suspects.isEmpty()) {
            return new Result(List.of(), List.of(), List.of());
        }
        // A callee that was called without leave before may be, or it was as wrong then: objtool has checked that
        // state.
        List<Call> then = new NoinstrChange(older, before).all();
        if (!marked) {
            Set<String> called = callees(then, c -> c.where() == Callee.INSTRUMENTABLE);
            List<Call> told = new ArrayList<>(suspects);
            told.removeIf(c -> c.where() != Callee.INSTRUMENTABLE || called.contains(c.callee()));
            told.addAll(throughPointers(then, now, c -> true));
            return new Result(List.of(), List.of(), told);
        }
        Set<String> wrong = callees(then, c -> !c.allowed() && c.where() == Callee.INSTRUMENTABLE);
        Set<String> bare = callees(then, c -> !c.allowed());
        Set<String> within = callees(then, Call::allowed);
        within.removeAll(bare);
        List<Call> certain = new ArrayList<>(suspects);
        certain.removeIf(c -> c.where() != Callee.INSTRUMENTABLE || wrong.contains(c.callee()));
        certain.addAll(throughPointers(then, now, c -> !c.allowed()));
        return new Result(
                certain,
                suspects.stream()
                        .filter(c -> c.where() == Callee.ELSEWHERE && within.contains(c.callee()))
                        .toList(),
                List.of());
    }

    /**
     * A pointer has no name to know its call by. So what is told is of a function that had no such call, where all that
     * is in the objects which differ had fewer: code that only moved is not.
     */
    private static List<Call> throughPointers(List<Call> then, List<Call> now, Predicate<Call> which) {
        Predicate<Call> pointer = which.and(c -> c.where() == Callee.BEHIND_POINTER);
        Set<String> objects = now.stream().map(Call::object).collect(Collectors.toSet());
        List<Call> old = then.stream()
                .filter(pointer.and(c -> objects.contains(c.object())))
                .toList();
        List<Call> all = now.stream().filter(pointer).toList();
        Set<String> callers = old.stream().map(Call::caller).collect(Collectors.toSet());
        return all.size() <= old.size()
                ? List.of()
                : all.stream().filter(c -> !callers.contains(c.caller())).toList();
    }

    private static Set<String> callees(List<Call> calls, Predicate<Call> which) {
        return calls.stream().filter(which).map(Call::callee).collect(Collectors.toCollection(HashSet::new));
    }

    private List<Call> all() {
        return objects.stream().flatMap(o -> analysis.calls(o).stream()).toList();
    }
}
