// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Makes one state of two that have come to one place: registers, memory and its history hold "this if the condition, that if
 * not". Nothing is lost, so that what is proven of the joined state is true of both.
 */
final class StateJoin {
    private final Exprs x;
    private final MemoryModel memory;

    StateJoin(Exprs exprs, MemoryModel memory) {
        this.x = exprs;
        this.memory = memory;
    }

    /** {@code a} where {@code condition} holds, {@code b} where not; empty where they differ in more than values. */
    Optional<State> join(State a, State b, Expr condition) {
        if (!alike(a, b)) {
            return Optional.empty();
        }
        State s = a.fork();
        s.calls.clear();
        s.calls.addAll(calls(a, b, condition));
        s.history = a.history == b.history ? a.history : new History.Joined(condition, a.history, b.history);
        registers(s, a, b, condition);
        s.memory = a.memory.joined(condition, memory.origin(a), b.memory, memory.origin(b), memory.origin(s));
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < a.calls.size(); i++) {
            numbers.put(b.calls.get(i).number(), a.calls.get(i).number());
        }
        b.visits.forEach((v, n) -> s.visits.merge(
                new State.Visit(numbers.getOrDefault(v.activation(), v.activation()), v.at()), n, Math::max));
        b.counts.forEach((k, n) -> s.counts.merge(k, n, Math::max));
        b.occurrences.forEach((k, n) -> s.occurrences.merge(k, n, Math::max));
        s.activations = Math.max(a.activations, b.activations);
        s.notes.addAll(b.notes);
        s.openForks = a.openForks;
        return Optional.of(s);
    }

    private static boolean alike(State a, State b) {
        return a.escaped.equals(b.escaped)
                && a.entered == b.entered
                && a.entering == null
                && b.entering == null
                && a.taken == null
                && b.taken == null
                && a.raised == null
                && b.raised == null
                && a.alternativesRejected == b.alternativesRejected
                && a.fixupDecided == b.fixupDecided
                && a.checked == b.checked
                && a.events.equals(b.events)
                && a.outcome.equals(b.outcome)
                && sameFrames(a, b);
    }

    private static boolean sameFrames(State a, State b) {
        if (a.calls.size() != b.calls.size()) {
            return false;
        }
        for (int i = 0; i < a.calls.size(); i++) {
            State.Activation p = a.calls.get(i);
            State.Activation q = b.calls.get(i);
            if (!p.function().equals(q.function())
                    || p.returnAddress() != q.returnAddress()
                    || p.callerStack() != q.callerStack()
                    || p.tails() != q.tails()) {
                return false;
            }
        }
        return true;
    }

    private List<State.Activation> calls(State a, State b, Expr condition) {
        List<State.Activation> all = new ArrayList<>();
        for (int i = 0; i < a.calls.size(); i++) {
            State.Activation p = a.calls.get(i);
            Expr frame = x.ite(condition, p.framePointer(), b.calls.get(i).framePointer());
            all.add(p.withFramePointer(frame));
        }
        return all;
    }

    private void registers(State s, State a, State b, Expr condition) {
        s.registers.clear();
        a.registers.forEach((r, one) -> {
            Expr two = b.registers.get(r);
            if (two != null && one.width() == two.width()) {
                s.registers.put(r, x.ite(condition, one, two));
            }
        });
    }
}
