// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
     */
    public record Result(List<Call> certain, List<Call> moved) {
        public Result {
            certain = List.copyOf(certain);
            moved = List.copyOf(moved);
        }
    }

    private final List<ObjectFile> objects;
    private final Instrumentation analysis;

    private NoinstrChange(List<ObjectFile> objects, Instrumentation analysis) {
        this.objects = objects;
        this.analysis = analysis;
    }

    /**
     * What changed; empty where one of the states does not say where instrumentation is allowed.
     *
     * @param differs whether an object of one state is another one, or not there, in the other
     */
    public static Optional<Result> of(
            List<ObjectFile> older,
            Instrumentation before,
            List<ObjectFile> newer,
            Instrumentation after,
            Predicate<ObjectFile> differs) {
        if (!before.known() || !after.known()) {
            return Optional.empty();
        }
        List<Call> now = new ArrayList<>();
        newer.stream().filter(differs).forEach(o -> now.addAll(after.calls(o)));
        List<Call> suspects = now.stream()
                .filter(c -> !c.allowed() && c.where() != Callee.NOINSTR)
                .toList();
        if (suspects.isEmpty()) {
            return Optional.of(new Result(List.of(), List.of()));
        }
        // A callee that was called without leave before may be, or it was as wrong then: objtool has checked that
        // state.
        List<Call> then = new NoinstrChange(older, before).all();
        Set<String> wrong = callees(then, c -> !c.allowed() && c.where() == Callee.INSTRUMENTABLE);
        Set<String> bare = callees(then, c -> !c.allowed());
        Set<String> within = callees(then, Call::allowed);
        within.removeAll(bare);
        return Optional.of(new Result(
                suspects.stream()
                        .filter(c -> c.where() == Callee.INSTRUMENTABLE && !wrong.contains(c.callee()))
                        .toList(),
                suspects.stream()
                        .filter(c -> c.where() == Callee.ELSEWHERE && within.contains(c.callee()))
                        .toList()));
    }

    private static Set<String> callees(List<Call> calls, Predicate<Call> which) {
        return calls.stream().filter(which).map(Call::callee).collect(Collectors.toCollection(HashSet::new));
    }

    private List<Call> all() {
        return objects.stream().flatMap(o -> analysis.calls(o).stream()).toList();
    }
}
