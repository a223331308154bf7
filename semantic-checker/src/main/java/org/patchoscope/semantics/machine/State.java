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
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Literal;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.Premise;

/** Everything that a path has done so far; copied where a path forks. */
public final class State {
    /**
     * An active call of a function of the world; {@code number} tells calls of one path apart, frame and
     * stack pointer are those of its caller, {@code tails} counts how often a function has jumped to the next in its place,
     * {@code within} is the replaced code of the caller that the call stands in.
     */
    record Activation(
            int number,
            FunctionRef function,
            Location returnTo,
            Expr returnAddress,
            Expr framePointer,
            Expr callerStack,
            int tails,
            @Nullable Replacement within) {
        Activation withFramePointer(Expr other) {
            return new Activation(number, function, returnTo, returnAddress, other, callerStack, tails, within);
        }
    }

    /** Stack memory whose address has become known outside: its own object from then on. */
    record Escaped(long start, long end, Expr base) {}

    /** A place in one activation. */
    record Visit(int activation, Location at) {}

    /**
     * How often a place was come to.
     *
     * @param open turns that something unknown decided about
     * @param decided turns that known numbers decided about, which do not make paths
     */
    record Turns(int open, int decided) {
        /** Turns that only known numbers decide about. */
        private static final int MOST_DECIDED = 4096;

        static final Turns NONE = new Turns(0, 0);

        Turns next(boolean known) {
            return known ? new Turns(open, decided + 1) : new Turns(open + 1, decided);
        }

        Turns most(Turns o) {
            return new Turns(Math.max(open, o.open), Math.max(decided, o.decided));
        }

        boolean within(int bound) {
            return open <= bound + 1 && decided <= MOST_DECIDED;
        }
    }

    /** Where execution goes on after replaced instructions. */
    record Replacement(Location end, Location resume) {}

    /**
     * A branch whose two sides have not come together yet.
     *
     * @param at where they do, or null where that is when the function returns
     * @param depth how many calls are active there
     * @param atom the condition, as {@link Literal} has it
     */
    record OpenFork(
            @Nullable Location at,
            int depth,
            Expr atom,
            @Nullable OpenFork rest) {}

    /** What the kernel has put at a place when it booted, and where execution goes on after it. */
    record PatchedIn(List<Op> ops, Location resume) {}

    Location pc;
    History history = History.Start.START;

    @Nullable
    OpenFork openForks;

    final Map<String, Expr> registers;
    Memory memory;
    final List<Event> events;
    final List<Activation> calls;
    final List<Escaped> escaped;
    final Map<String, Integer> occurrences;

    /** How often what is no event, but has an answer of its own each time, has happened: a number, by case. */
    final Map<String, Expr> numbers;

    /** How often a word has been read since it may have been changed. */
    final Map<Cell, Reads> reads;

    final Map<Visit, Turns> visits;

    /** Loops of which a branch that may leave them has been decided by known numbers in this turn. */
    final Set<Visit> decided;

    final Set<Premise> notes;
    final Map<Lifted.Kind, Integer> counts;

    @Nullable
    Replacement replacement;

    /** What is executed instead of the code at the place, at the next step. */
    @Nullable
    PatchedIn patchedIn;

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

    /** Where in the root the processor may enter it, until that is decided. */
    List<Long> slots = List.of();

    /**
     * Reads of a word by other names than that of its last change.
     *
     * @param cell the word; it is counted under the place that both versions have for it
     * @param since the last change, when they were counted
     * @param number how many since then
     */
    record Reads(Cell cell, History since, Expr number) {}

    /** Where it saves the interrupted registers, counted from the stack pointer at the start, and whether they are the user's. */
    record SavedAt(long offset, boolean user) {}

    @Nullable
    SavedAt savedAt;

    /** Whether it has been entered so. */
    boolean entered;

    /** How many of its origins are known not to be the case. */
    int originsRejected;

    /** An exception that ends the path at the next step. */
    @Nullable
    String raised;

    /** Instructions executed since the path was last joined with others. */
    int sinceJoin;

    int activations;
    Outcome outcome = new Outcome.Finished();

    State(Location pc, Memory memory) {
        this.pc = pc;
        this.memory = memory;
        this.registers = new HashMap<>();
        this.events = new ArrayList<>();
        this.calls = new ArrayList<>();
        this.escaped = new ArrayList<>();
        this.occurrences = new HashMap<>();
        this.numbers = new HashMap<>();
        this.reads = new HashMap<>();
        this.visits = new HashMap<>();
        this.decided = new HashSet<>();
        this.notes = new LinkedHashSet<>();
        this.counts = new EnumMap<>(Lifted.Kind.class);
    }

    /** The next instruction. */
    public Location pc() {
        return pc;
    }

    private State(State s) {
        this.pc = s.pc;
        this.memory = s.memory.copy();
        this.registers = new HashMap<>(s.registers);
        this.events = new ArrayList<>(s.events);
        this.history = s.history;
        this.openForks = s.openForks;
        this.calls = new ArrayList<>(s.calls);
        this.escaped = new ArrayList<>(s.escaped);
        this.occurrences = new HashMap<>(s.occurrences);
        this.numbers = new HashMap<>(s.numbers);
        this.reads = new HashMap<>(s.reads);
        this.visits = new HashMap<>(s.visits);
        this.decided = new HashSet<>(s.decided);
        this.notes = new LinkedHashSet<>(s.notes);
        this.counts = new EnumMap<>(s.counts);
        this.replacement = s.replacement;
        this.patchedIn = s.patchedIn;
        this.alternativesRejected = s.alternativesRejected;
        this.fixupDecided = s.fixupDecided;
        this.checked = s.checked;
        this.entering = s.entering;
        this.slots = s.slots;
        this.savedAt = s.savedAt;
        this.entered = s.entered;
        this.originsRejected = s.originsRejected;
        this.raised = s.raised;
        this.taken = s.taken;
        this.sinceJoin = s.sinceJoin;
        this.activations = s.activations;
        this.outcome = s.outcome;
    }

    /** A copy that goes its own way from here. */
    public State fork() {
        return new State(this);
    }

    /** The events, in order, that have not been {@link #seen}. */
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
        sinceJoin++;
    }

    /** What was assumed on the way. */
    public Set<Premise> notes() {
        return Set.copyOf(notes);
    }

    /** Forgets the events, which have been looked at. */
    public void seen(int first) {
        events.subList(0, first).clear();
    }

    /** Instructions executed since the path was last joined with others. */
    public int sinceJoin() {
        return sinceJoin;
    }

    /** How often each event has happened, and other things that are numbered. */
    public Map<String, Integer> occurrences() {
        return Map.copyOf(occurrences);
    }

    /** Begins to count anew where paths have come together, and numbers what comes as all of them do. */
    public void joined(Map<String, Integer> others) {
        sinceJoin = 0;
        occurrences.putAll(others);
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
