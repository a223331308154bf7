// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.trace.Cell;

/**
 * Makes one state of two that have come to one place: either with all that both hold, by case, or with what they have in common.
 */
final class StateJoin {
    private static final String SYSTEM = "sys:";

    private final Exprs x;
    private final Numbered numbered;
    private final MemoryModel memory;
    private final Abi abi;

    StateJoin(Exprs exprs, MemoryModel memory, Abi abi) {
        this.abi = abi;
        this.x = exprs;
        this.numbered = new Numbered(exprs);
        this.memory = memory;
    }

    /** {@code a} where {@code condition} holds, {@code b} where not; empty where they differ in more than values. */
    Optional<State> join(State a, State b, Expr condition) {
        History history = a.history == b.history ? a.history : History.Joined.of(condition, a.history, b.history);
        return join(a, b, history, (one, two) -> x.ite(condition, one, two));
    }

    /** What is left of both; empty where they differ in more than values. */
    Optional<State> generalise(State a, State b, Generalisation g) {
        return join(a, b, g.of(a.history, b.history), g::of);
    }

    /** The values that the states have in the same places, whole words first. */
    void values(State a, State b, BiConsumer<Expr, Expr> visitor) {
        a.registers.forEach((r, one) -> {
            Expr two = b.registers.get(r);
            if (two != null && one.width() == two.width()) {
                visitor.accept(one, two);
            }
        });
        Memory.Origin origin = memory.origin(b);
        for (Cell c : a.memory.current(memory.origin(a))) {
            visitor.accept(a.memory.word(c, memory.origin(a)), b.memory.word(c, origin));
        }
    }

    private Optional<State> join(State a, State b, History history, BinaryOperator<Expr> value) {
        if (!alike(a, b) || a.registers.get(abi.stackPointer()) != b.registers.get(abi.stackPointer())) {
            return Optional.empty();
        }
        State s = a.fork();
        s.calls.clear();
        s.calls.addAll(calls(a, b, value));
        s.history = history;
        registers(s, a, b, value);
        s.memory = a.memory.joined(value, memory.origin(a), b.memory, memory.origin(b), memory.origin(s));
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < a.calls.size(); i++) {
            numbers.put(b.calls.get(i).number(), a.calls.get(i).number());
        }
        b.visits.forEach((v, n) -> s.visits.merge(renumbered(v, numbers), n, State.Turns::most));
        b.decided.forEach(v -> s.decided.add(renumbered(v, numbers)));
        b.counts.forEach((k, n) -> s.counts.merge(k, n, Math::max));
        b.occurrences.forEach((k, n) -> s.occurrences.merge(k, n, Math::max));
        numbers(s, a, b, value);
        s.activations = Math.max(a.activations, b.activations);
        s.notes.addAll(b.notes);
        s.openForks = a.openForks;
        return Optional.of(s);
    }

    private void numbers(State s, State a, State b, BinaryOperator<Expr> value) {
        Set<String> counted = new LinkedHashSet<>(a.numbers.keySet());
        counted.addAll(b.numbers.keySet());
        for (String key : counted) {
            Expr one = a.numbers.getOrDefault(key, numbered.none());
            s.numbers.put(key, value.apply(one, b.numbers.getOrDefault(key, numbered.none())));
        }
        Set<Cell> read = new LinkedHashSet<>(a.reads.keySet());
        read.addAll(b.reads.keySet());
        for (Cell key : read) {
            State.Reads known = Objects.requireNonNull(a.reads.containsKey(key) ? a.reads.get(key) : b.reads.get(key));
            Expr number = value.apply(memory.readsBefore(a, key), memory.readsBefore(b, key));
            s.reads.put(key, new State.Reads(known.cell(), memory.version(s, known.cell()), number));
        }
    }

    private static State.Visit renumbered(State.Visit v, Map<Integer, Integer> numbers) {
        return new State.Visit(numbers.getOrDefault(v.activation(), v.activation()), v.at());
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
                && a.patchedIn == null
                && b.patchedIn == null
                && a.slots.equals(b.slots)
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
                    || p.tails() != q.tails()
                    || !Objects.equals(p.within(), q.within())) {
                return false;
            }
        }
        return true;
    }

    private static List<State.Activation> calls(State a, State b, BinaryOperator<Expr> value) {
        List<State.Activation> all = new ArrayList<>();
        for (int i = 0; i < a.calls.size(); i++) {
            State.Activation p = a.calls.get(i);
            Expr frame = value.apply(p.framePointer(), b.calls.get(i).framePointer());
            all.add(p.withFramePointer(frame));
        }
        return all;
    }

    private void registers(State s, State a, State b, BinaryOperator<Expr> value) {
        s.registers.clear();
        Set<String> all = new LinkedHashSet<>(a.registers.keySet());
        all.addAll(b.registers.keySet());
        for (String r : all) {
            Expr one = a.registers.getOrDefault(r, untouched(r));
            Expr two = b.registers.getOrDefault(r, untouched(r));
            if (one != null && two != null && one.width() == two.width()) {
                s.registers.put(r, value.apply(one, two));
            }
        }
    }

    /** What a system register holds that a path has not touched; null of others, which then have no value. */
    private @Nullable Expr untouched(String register) {
        return register.startsWith(SYSTEM) ? x.sym(register.substring(SYSTEM.length()), 64) : null;
    }
}
