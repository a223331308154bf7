// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.environment.Frame;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.machine.Program.FunctionRef;

/** Everything that a path has done so far; copied where a path forks. */
public final class State {
    /**
     * An active call of a function of the world; {@code number} tells calls of one path apart, frame and
     * stack pointer are those of its caller.
     */
    record Activation(
            int number,
            FunctionRef function,
            Location returnTo,
            Expr returnAddress,
            Expr framePointer,
            Expr callerStack) {}

    /** An event that may have changed memory. */
    record Havoc(String tag, Frame frame, boolean arguments) {}

    /** Stack memory whose address has become known outside: its own object from then on. */
    record Escaped(long start, long end, Expr base) {}

    /** A place in one activation. */
    record Visit(int activation, Location at) {}

    /**
     * How often a place was come to.
     *
     * @param open turns that something unknown decided about
     * @param split turns that known numbers decided about, on which the path has come to depend on something unknown
     * @param decided other turns
     * @param conditions how many conditions the path had then
     */
    record Turns(int open, int split, int decided, int conditions) {
        static final Turns NONE = new Turns(0, 0, 0, 0);

        Turns next(boolean known, int now) {
            boolean same = now <= conditions;
            return new Turns(
                    known ? open : open + 1,
                    known && !same ? split + 1 : split,
                    known && same ? decided + 1 : decided,
                    now);
        }

        Turns most(Turns o) {
            return new Turns(
                    Math.max(open, o.open),
                    Math.max(split, o.split),
                    Math.max(decided, o.decided),
                    Math.min(conditions, o.conditions));
        }

        boolean within(LoopBound bound) {
            return open <= bound.loops() + 1 && split <= bound.splits() && decided <= LoopBound.DECIDED;
        }
    }

    /** Where execution goes on after replaced instructions. */
    record Replacement(Location end, Location resume) {}

    Location pc;
    final Map<String, Expr> registers;
    Memory memory;
    final PathCondition condition;
    final List<Event> events;
    final List<Havoc> havocs;
    final List<Activation> calls;
    final List<Escaped> escaped;
    final Map<String, Integer> occurrences;
    final Map<Visit, Turns> visits;

    /** Loops of which a branch that may leave them has been decided by known numbers in this turn. */
    final Set<Visit> decided;

    final Set<String> notes;
    final Map<Lifted.Kind, Integer> counts;

    @Nullable
    Replacement replacement;

    /** How many alternatives for the place in the code are known not to be used. */
    int alternativesRejected;

    boolean fixupDecided;

    /** Whether the instruction's {@link org.patchoscope.semantics.ir.Op.Check} has been passed. */
    boolean checked;

    /** Where a conditional call in tail position goes at the next step. */
    Op.@Nullable CodeTarget taken;

    /** How the processor enters the code, until that is decided. */
    @Nullable
    Vector entering;

    /** Whether it has been entered so. */
    boolean entered;

    /** How many of its origins are known not to be the case. */
    int originsRejected;

    /** An exception that ends the path at the next step. */
    @Nullable
    String raised;

    int instructions;
    int activations;
    Outcome outcome = new Outcome.Finished();

    State(Location pc, Memory memory, PathCondition condition) {
        this.pc = pc;
        this.memory = memory;
        this.condition = condition;
        this.registers = new HashMap<>();
        this.events = new ArrayList<>();
        this.havocs = new ArrayList<>();
        this.calls = new ArrayList<>();
        this.escaped = new ArrayList<>();
        this.occurrences = new HashMap<>();
        this.visits = new HashMap<>();
        this.decided = new HashSet<>();
        this.notes = new LinkedHashSet<>();
        this.counts = new EnumMap<>(Lifted.Kind.class);
    }

    private State(State s) {
        this.pc = s.pc;
        this.memory = s.memory.copy();
        this.condition = s.condition.copy();
        this.registers = new HashMap<>(s.registers);
        this.events = new ArrayList<>(s.events);
        this.havocs = new ArrayList<>(s.havocs);
        this.calls = new ArrayList<>(s.calls);
        this.escaped = new ArrayList<>(s.escaped);
        this.occurrences = new HashMap<>(s.occurrences);
        this.visits = new HashMap<>(s.visits);
        this.decided = new HashSet<>(s.decided);
        this.notes = new LinkedHashSet<>(s.notes);
        this.counts = new EnumMap<>(s.counts);
        this.replacement = s.replacement;
        this.alternativesRejected = s.alternativesRejected;
        this.fixupDecided = s.fixupDecided;
        this.checked = s.checked;
        this.entering = s.entering;
        this.entered = s.entered;
        this.originsRejected = s.originsRejected;
        this.raised = s.raised;
        this.taken = s.taken;
        this.instructions = s.instructions;
        this.activations = s.activations;
        this.outcome = s.outcome;
    }

    /** A copy that goes its own way from here. */
    public State fork() {
        return new State(this);
    }

    /** The conditions taken so far. */
    public PathCondition condition() {
        return condition;
    }

    /** The events so far, in order. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** How the path ended, if it did. */
    public Outcome outcome() {
        return outcome;
    }

    /** Instructions executed so far, by kind. */
    public Map<Lifted.Kind, Integer> counts() {
        return Map.copyOf(counts);
    }

    void count(Lifted.Kind kind) {
        counts.merge(kind, 1, Integer::sum);
        instructions++;
    }

    /** What was assumed on the way. */
    public Set<String> notes() {
        return Set.copyOf(notes);
    }

    /** The place in the code, for people. */
    public String where() {
        return pc.toString();
    }

    int nextOccurrence(String name) {
        return occurrences.merge(name, 1, Integer::sum);
    }

    FunctionRef function() {
        return calls.getLast().function();
    }
}
