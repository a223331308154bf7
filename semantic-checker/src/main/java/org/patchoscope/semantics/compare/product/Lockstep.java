// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.semantics.compare.match.AddressNormalizer;
import org.patchoscope.semantics.compare.match.EntryExitRelation;
import org.patchoscope.semantics.compare.product.StatePair.Side;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.machine.Machine;
import org.patchoscope.semantics.machine.Machine.Stop;
import org.patchoscope.semantics.machine.State;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.PathCondition;
import org.patchoscope.semantics.trace.Premise;
import org.patchoscope.semantics.work.Limits;

/**
 * Executes two versions together, from cut point to cut point: events, loop heads, places where paths meet. Only pairs of
 * states that one input leads to are ever looked at, and pairs that come to the same pair of places are joined, so that their
 * number grows with the code and not with its paths. A pair waits until no other can come to where it is.
 */
public final class Lockstep {
    private static final int STEPS_BETWEEN_LOOKS_AT_THE_TIME = 256;

    /**
     * What came of it.
     *
     * @param pairs pairs of states looked at
     * @param partings where the versions part
     * @param bounded pairs not followed to their end because of the loop bound
     * @param notAnalysed reasons why nothing may be concluded; empty if everything was compared
     * @param ends how the executions ended that agree to the end
     * @param notes what was leaned on
     * @param addresses symbols whose address is handed to somebody
     */
    public record Result(
            int pairs,
            List<Parting> partings,
            int bounded,
            Set<String> notAnalysed,
            List<End> ends,
            Set<Premise> notes,
            Set<String> addresses) {
        public Result {
            partings = List.copyOf(partings);
            notAnalysed = Set.copyOf(notAnalysed);
            ends = List.copyOf(ends);
            notes = Set.copyOf(notes);
            addresses = Set.copyOf(addresses);
        }

        public Result leaningOn(Set<Premise> more) {
            Set<Premise> all = new LinkedHashSet<>(notes);
            all.addAll(more);
            return new Result(pairs, partings, bounded, notAnalysed, ends, all, addresses);
        }
    }

    /** An end of the old version, and when it comes to that. */
    public record End(List<Expr> condition, Event last) {}

    private record Waiting(StatePair.Key key, int number) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting o) {
            int c = key.compareTo(o.key);
            return c != 0 ? c : Integer.compare(number, o.number);
        }
    }

    private final Exprs x;
    private final Solver solver;
    private final Limits limits;
    private final AddressNormalizer view;
    private final EventComparison events;
    private final Invariants invariants;
    private final OneSidedLoops oneSided = new OneSidedLoops();
    private final Relevance relevance;
    private final boolean proving;
    private final int enough;
    private final long workUntil;
    private final PriorityQueue<Waiting> order = new PriorityQueue<>();
    private final Map<StatePair.Key, List<StatePair>> waiting = new HashMap<>();
    private final List<Parting> partings = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final Set<String> notAnalysed = new LinkedHashSet<>();
    private final Set<Premise> notes = new LinkedHashSet<>();
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Set<Expr> handed = new HashSet<>();
    private int number;
    private int pairs;
    private int bounded;
    private long steps;

    /**
     * One that proves, or says where the versions may part: of pairs that are joined it remembers what they have in common, of
     * loops what holds on every turn. A parting that it finds may be none.
     */
    public static Lockstep proof(
            Exprs x,
            Solver solver,
            Limits limits,
            EntryExitRelation boundary,
            AddressNormalizer view,
            Relevance relevance) {
        return new Lockstep(x, solver, limits, Integer.MAX_VALUE, boundary, view, relevance, true);
    }

    /** One that forgets nothing, and looks where {@code relevance} leaves something open; loops are followed up to a bound. */
    public static Lockstep search(
            Exprs x,
            Solver solver,
            Limits limits,
            int enough,
            EntryExitRelation boundary,
            AddressNormalizer view,
            Relevance relevance) {
        return new Lockstep(x, solver, limits, enough, boundary, view, relevance, false);
    }

    /**
     * @param enough partings after which the walk may stop: then their conditions are not complete
     * @param boundary how what the functions return is compared
     * @param view makes addresses of members of the new version comparable
     */
    private Lockstep(
            Exprs x,
            Solver solver,
            Limits limits,
            int enough,
            EntryExitRelation boundary,
            AddressNormalizer view,
            Relevance relevance,
            boolean proving) {
        this.relevance = relevance;
        this.proving = proving;
        this.invariants = new Invariants(x);
        this.x = x;
        this.solver = solver;
        this.limits = limits;
        this.enough = enough;
        this.view = view;
        this.workUntil = solver.work() + limits.work();
        this.events = new EventComparison(x, solver, boundary);
    }

    /** Executes both from their states on. */
    public Result run(Machine leftMachine, State left, Machine rightMachine, State right) {
        arrive(new StatePair(leftMachine, rightMachine, left, right, new PathCondition(x), Trail.Start.START));
        while (!order.isEmpty() && partings.size() < enough) {
            Optional<String> exceeded = exceeded();
            if (exceeded.isPresent()) {
                waiting.values()
                        .forEach(all -> all.forEach(p -> {
                            p.origin = p.spot();
                            unknown(p, "more than " + exceeded.get());
                        }));
                break;
            }
            take(order.remove());
        }
        oneSided.spots().forEach(spot -> {
            notAnalysed.add("it is not known whether a loop ends in which only one version is (at " + spot.left() + ", "
                    + spot.right() + ")");
            relevance.parting(spot);
        });
        return new Result(pairs, partings, bounded, notAnalysed, ends, notes, addresses);
    }

    private Optional<String> exceeded() {
        return pairs > limits.pairs()
                ? Optional.of(limits.pairs() + " pairs of states")
                : steps > limits.steps()
                        ? Optional.of(limits.steps() + " steps")
                        : solver.work() > workUntil
                                ? Optional.of(limits.work() / 1_000_000 + " million units of the solver's work")
                                : Optional.empty();
    }

    private void take(Waiting w) {
        List<StatePair> here = Objects.requireNonNull(waiting.get(w.key()));
        StatePair p = here.removeFirst();
        if (here.isEmpty()) {
            waiting.remove(w.key());
        } else {
            order.add(w);
        }
        go(p);
    }

    /** Puts a pair where others may be that it can be joined with. */
    private void arrive(StatePair p) {
        if (proving) {
            relevance.step(p.origin, p.spot());
        } else if (relevance.settled(p.spot())) {
            noted(p);
            return;
        }
        StatePair.Key key = p.key();
        List<StatePair> here = waiting.get(key);
        if (here == null) {
            waiting.put(key, new ArrayList<>(List.of(p)));
            order.add(new Waiting(key, ++number));
            return;
        }
        for (int i = 0; i < here.size(); i++) {
            Optional<StatePair> both = here.get(i).join(p, this::always);
            if (both.isPresent()) {
                here.set(i, both.get());
                return;
            }
        }
        here.add(p);
    }

    /** Whether what is known decides that {@code either} holds. */
    private boolean always(PathCondition known, Expr either) {
        return solver.check(known.exprs(), x.not(either)) instanceof Solver.Answer.Unsatisfiable;
    }

    private void go(StatePair p) {
        pairs++;
        Optional<Side> side = next(p);
        if (side.isEmpty()) {
            finish(p);
            return;
        }
        boolean owed = side.get() == Side.RIGHT && p.rightOwes;
        if (owed) {
            p.rightOwes = false;
        }
        StatePair q = p;
        if (proving && !owed && atHead(p, side.get())) {
            boolean owes = p.rightOwes;
            p.rightOwes = false;
            oneSided.arrive(p);
            switch (invariants.arrive(p)) {
                case Invariants.Arrival.Covered c -> {
                    noted(p);
                    return;
                }
                case Invariants.Arrival.Lost l -> {
                    unknown(
                            p,
                            "what holds on every turn of a loop was not found (at "
                                    + p.machine(side.get()).place(p.state(side.get())) + ")");
                    return;
                }
                case Invariants.Arrival.Follow f -> q = f.pair();
            }
            q.rightOwes = owes;
            q.since = p.since;
        }
        q.origin = q.spot();
        run(q, side.get());
    }

    private static boolean atHead(StatePair p, Side side) {
        return p.continuing == null && p.machine(side).stop(p.state(side)) == Stop.HEAD;
    }

    private void part(StatePair p) {
        noted(p);
        if (proving) {
            relevance.parting(p.origin);
        }
    }

    /** Nothing may be concluded of what becomes of this pair: nowhere is a reason noted without the place it is one for. */
    private void unknown(StatePair p, String reason) {
        notAnalysed.add(reason);
        part(p);
    }

    /** Which version goes on; neither where both have ended. */
    private Optional<Side> next(StatePair p) {
        if (p.continuing != null) {
            return Optional.of(p.continuing);
        }
        if (p.leftEnded && p.rightEnded) {
            return Optional.empty();
        }
        if (p.leftEnded || p.rightOwes && !p.rightEnded || !p.left.events().isEmpty()) {
            return Optional.of(Side.RIGHT);
        }
        if (p.rightEnded) {
            return Optional.of(Side.LEFT);
        }
        Stop left = p.machine(Side.LEFT).stop(p.left);
        Stop right = p.machine(Side.RIGHT).stop(p.right);
        if (left == right && (left == Stop.EVENT || left == Stop.HEAD)) {
            p.rightOwes = true;
            return Optional.of(Side.LEFT);
        }
        return Optional.of(
                switch (left) {
                    case EVENT -> Side.RIGHT;
                    case HEAD -> right == Stop.EVENT ? Side.LEFT : Side.RIGHT;
                    case MERGE, NONE ->
                        p.want.isEmpty() || right == Stop.EVENT || right == Stop.HEAD ? Side.LEFT : Side.RIGHT;
                });
    }

    /** Goes on with one version until it comes to a cut point or shows something. */
    private void run(StatePair p, Side side) {
        Machine machine = p.machine(side);
        State s = p.state(side);
        p.continuing = null;
        p.since = p.since.moved(side);
        while (true) {
            if (++steps % STEPS_BETWEEN_LOOKS_AT_THE_TIME == 0) {
                limits.time().check();
            }
            switch (machine.step(s)) {
                case Machine.Step.Continue c -> {}
                case Machine.Step.End e -> p.end(side);
                case Machine.Step.Fork f -> {
                    Expr condition = side == Side.RIGHT ? view.of(f.condition()) : f.condition();
                    machine.forking(s, condition);
                    Optional<Boolean> way = decide(p.known, condition);
                    if (way.isEmpty()) {
                        split(p, side, f, condition);
                        return;
                    }
                    (way.get() ? f.whenTrue() : f.whenFalse()).accept(s);
                }
            }
            if (!(s.outcome() instanceof Outcome.Finished)) {
                p.end(side);
            }
            if (p.ended(side) || !s.events().isEmpty() || machine.stop(s) != Stop.NONE) {
                stopped(p, side);
                return;
            }
        }
    }

    private void split(StatePair p, Side side, Machine.Step.Fork f, Expr condition) {
        StatePair q = p.fork();
        p.known.add(condition, true);
        q.known.add(condition, false);
        f.whenTrue().accept(p.state(side));
        f.whenFalse().accept(q.state(side));
        arrived(p, side);
        arrived(q, side);
    }

    private void arrived(StatePair p, Side side) {
        State s = p.state(side);
        if (!(s.outcome() instanceof Outcome.Finished)) {
            p.end(side);
        }
        if (p.ended(side) || p.machine(side).stop(s) != Stop.NONE) {
            stopped(p, side);
        } else {
            p.continuing = side;
            arrive(p);
        }
    }

    /** One version has come to a cut point, has shown something, or has ended. */
    private void stopped(StatePair p, Side side) {
        State s = p.state(side);
        if (p.ended(side) && !(s.outcome() instanceof Outcome.Finished)) {
            cut(p, s.outcome());
            return;
        }
        if (!p.ended(side)) {
            Set<Expr> closed = p.machine(side).closing(s);
            if (side == Side.LEFT) {
                p.want = closed;
            } else if (closed.stream().anyMatch(p.want::contains)) {
                p.want = Set.of();
            }
        }
        if (shown(p)) {
            arrive(p);
        }
    }

    /** Compares what both have shown; whether the pair goes on. */
    private boolean shown(StatePair p) {
        List<Event> left = p.left.events();
        List<Event> right = p.right.events().stream().map(view::of).toList();
        if (view.lost()) {
            unknown(p, "an address within a structure whose layout changes is that of no member");
            return false;
        }
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            if (!same(p, left.get(i), right.get(i))) {
                return false;
            }
        }
        boolean missing = right.size() < left.size() && p.rightEnded || left.size() < right.size() && p.leftEnded;
        if (missing) {
            part(
                    p,
                    new EventComparison.Unlike(Difference.Kind.EVENTS, x.yes(), ""),
                    left.size() > common ? left.get(common).name() : "end",
                    right.size() > common ? right.get(common).name() : "end");
            return false;
        }
        p.left.seen(common);
        p.right.seen(common);
        return true;
    }

    private boolean same(StatePair p, Event left, Event right) {
        if (left.kind() == Event.Kind.RETURN || left.kind() == Event.Kind.EXIT) {
            ends.add(new End(p.known.exprs(), left));
        }
        for (Event e : List.of(left, right)) {
            handOut(e);
            if (e.name().equals(Event.INDEXED_WRITE)) {
                p.written = Event.INDEXED_WRITE + " (at " + e.place() + ")";
            }
        }
        while (true) {
            Set<String> undecided = new LinkedHashSet<>();
            Optional<EventComparison.Unlike> unlike = events.difference(left, right, p.known, undecided);
            undecided.forEach(reason -> unknown(p, reason));
            if (unlike.isEmpty()) {
                share(p, left, right);
                return true;
            }
            part(p, unlike.get(), left.name(), right.name());
            if (unlike.get().parting().isConst(1)) {
                return false;
            }
            p.known.add(unlike.get().parting(), false);
        }
    }

    /**
     * What has been proven to be the same is from here on the same value, so that it need not be proven at every event. Where
     * layouts differ, an address of the old version is that of another member in the new one.
     */
    private void share(StatePair p, Event left, Event right) {
        if (!view.isPlain()) {
            return;
        }
        left.memory().forEach((cell, one) -> {
            Event.Write two = right.memory().get(cell);
            if (two != null && two.value() != one.value()) {
                p.machine(Side.RIGHT).agree(p.right, cell, two.value(), one.value());
            }
        });
    }

    private void handOut(Event e) {
        Stream.concat(e.arguments().stream(), e.memory().values().stream().map(Event.Write::value))
                .filter(handed::add)
                .flatMap(v -> Unknowns.leaves(v).stream())
                .forEach(u -> {
                    if (u instanceof Expr.Sym s && s.name().startsWith("&")) {
                        addresses.add(s.name().substring(1));
                    }
                });
    }

    /** What differs from a write at an unknown place on may be that write, done in another way or at another time. */
    private void part(StatePair p, EventComparison.Unlike d, String left, String right) {
        part(p);
        Parting parting = new Parting(d.kind(), p.known.exprs(), d.parting(), left, right, d.detail(), p.trail);
        if (p.written.isEmpty()) {
            partings.add(parting);
        } else {
            notAnalysed.add(p.written);
        }
    }

    private void cut(StatePair p, Outcome outcome) {
        switch (outcome) {
            case Outcome.Finished f -> throw new IllegalStateException("a path that has come to its end is not cut");
            case Outcome.BoundReached b -> {
                part(p);
                bounded++;
            }
            case Outcome.NotAnalysed n -> unknown(p, n.reason() + " (at " + n.where() + ")");
        }
    }

    private void finish(StatePair p) {
        noted(p);
    }

    private void noted(StatePair p) {
        notes.addAll(p.left.notes());
        notes.addAll(p.right.notes());
    }

    private Optional<Boolean> decide(PathCondition known, Expr condition) {
        Optional<Boolean> looked = known.decide(condition);
        if (looked.isPresent()) {
            return looked;
        }
        if (solver.check(known.exprs(), condition) instanceof Solver.Answer.Unsatisfiable) {
            return Optional.of(false);
        }
        if (solver.check(known.exprs(), x.not(condition)) instanceof Solver.Answer.Unsatisfiable) {
            return Optional.of(true);
        }
        return Optional.empty();
    }
}
