// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.environment.ReadSemantics;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.MovedBits;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Premise;

/**
 * Reads and writes memory of a {@link State}, and says what a word holds that the path has not written:
 * an unknown named by the last event that may have changed it, so that the same answer of the world
 * meets both versions of the code.
 */
final class MemoryModel {
    /** Where the stack of the simulated code is. */
    static final String STACK = "stack";

    private static final String INITIAL = "entry";

    private static final Premise APART = new Premise.DisjointPointers();
    private static final Set<String> OBJECTS = Set.of("regs", "current");

    private final Exprs x;
    private final Environment environment;
    private final OverlapWatch watch;
    private final Contents contents;
    private final Numbered numbered;
    private final Map<Expr, Address> addresses = new HashMap<>();
    private final Map<History.Joined, Map<Cell, History>> changes = new HashMap<>();

    MemoryModel(Exprs x, Environment environment, OverlapWatch watch, Contents contents) {
        this.contents = contents;
        this.x = x;
        this.numbered = new Numbered(x);
        this.environment = environment;
        this.watch = watch;
    }

    /** Thrown where an access cannot be modelled; becomes "not analysed". */
    static final class Unmodelled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unmodelled(String message) {
            super(message, null, false, false);
        }
    }

    /** An access behind one pointer after a write behind another one rests on these being apart. */
    private void accessed(State s, Expr base) {
        watch.accessed(base, s.memory);
        if (!s.notes.contains(APART) && s.memory.bases().anyMatch(w -> mayMeet(w, base))) {
            s.notes.add(APART);
        }
    }

    private static boolean mayMeet(Expr a, Expr b) {
        return a != b && !isStack(a) && !isStack(b) && !(isObject(a) && isObject(b));
    }

    /** What is an object of its own, whatever else there is. */
    private static boolean isObject(Expr base) {
        return base instanceof Expr.Const
                || base instanceof Expr.Sym s && (s.name().startsWith("&") || OBJECTS.contains(s.name()));
    }

    private Address at(Expr address) {
        return addresses.computeIfAbsent(address, a -> Address.of(x, a));
    }

    Expr load(State s, Expr address, int width) {
        return load(s, address, width, new HashMap<>());
    }

    private Expr load(State s, Expr address, int width, Map<Expr, Expr> done) {
        Expr known = done.get(address);
        if (known == null) {
            known = switch (at(address)) {
                case Address.Fixed f -> loadFixed(s, f.base(), f.offset(), width);
                case Address.Choice c ->
                    x.ite(c.condition(), load(s, c.whenTrue(), width, done), load(s, c.whenFalse(), width, done));
                case Address.Indexed i -> loadIndexed(s, i, width);
                case Address.Absolute a -> loadFixed(s, x.constant(0, 64), a.address(), width);
            };
            done.put(address, known);
        }
        return known;
    }

    /** The addresses that one by case may be, each with when it is that one. */
    private Map<Expr, Expr> choices(Expr address) {
        return choices(address, new HashMap<>());
    }

    private Map<Expr, Expr> choices(Expr address, Map<Expr, Map<Expr, Expr>> done) {
        Map<Expr, Expr> known = done.get(address);
        if (known == null) {
            if (at(address) instanceof Address.Choice c) {
                Map<Expr, Expr> one = choices(c.whenTrue(), done);
                Map<Expr, Expr> two = choices(c.whenFalse(), done);
                Set<Expr> both = new LinkedHashSet<>(one.keySet());
                both.addAll(two.keySet());
                Map<Expr, Expr> all = new LinkedHashMap<>();
                both.forEach(a ->
                        all.put(a, x.ite(c.condition(), one.getOrDefault(a, x.no()), two.getOrDefault(a, x.no()))));
                known = all;
            } else {
                known = Map.of(address, x.yes());
            }
            done.put(address, known);
        }
        return known;
    }

    private Expr loadFixed(State s, Expr base, long offset, int width) {
        Optional<Expr> constant = contents.constant(base, offset, width);
        return constant.isPresent()
                ? constant.get()
                : contents.indexed(base, offset, width, variable(s, base, offset, width));
    }

    private Expr variable(State s, Expr base, long offset, int width) {
        Cell place = translate(s, base, offset, (width + 7) / 8);
        accessed(s, place.base());
        Memory.Origin origin = origin(s);
        if (environment.reading() == ReadSemantics.CONCURRENT) {
            Cell cell = new Cell(place.base(), Math.floorDiv(place.offset(), 8L) * 8);
            if (environment.isVolatile(cell)) {
                int bit = (int) (place.offset() - cell.offset()) * 8;
                if (bit + width <= 64) {
                    return x.extract(freshRead(s, cell), bit, width);
                }
            }
        }
        return s.memory.load(place.base(), place.offset(), width, origin);
    }

    private Expr freshRead(State s, Cell cell) {
        long first = environment.placement().moved(cell.base(), cell.offset()).stream()
                .mapToLong(MovedBits::from)
                .findFirst()
                .orElse(cell.offset());
        History version = version(s, cell);
        Cell key = new Cell(cell.base(), first);
        Expr number = numbered.next(readsBefore(s, key));
        s.reads.put(key, new State.Reads(cell, version, number));
        return byCase(
                version,
                tag -> stabilised(
                        s,
                        cell,
                        numbered.each(
                                number,
                                n -> unknown(tag + " read " + n, cell),
                                n -> represented(cell, c -> read(tag, c, n)))));
    }

    private Expr read(String tag, Cell cell, Expr number) {
        return x.apply("memory@" + tag + " read", 64, List.of(cell.base(), x.constant(cell.offset(), 64), number));
    }

    /** How often a word has been read since its last change. */
    Expr readsBefore(State s, Cell key) {
        State.Reads reads = s.reads.get(key);
        return reads == null || reads.since() != version(s, reads.cell()) ? numbered.none() : reads.number();
    }

    /** A value that hangs on the last event that may have changed a word, for every such event that there may be. */
    private Expr byCase(History version, Function<String, Expr> value) {
        return byCase(version, value, new HashMap<>());
    }

    private Expr byCase(History version, Function<String, Expr> value, Map<History, Expr> done) {
        Expr known = done.get(version);
        if (known == null) {
            known = switch (version) {
                case History.Start s -> value.apply(INITIAL);
                case History.After a -> value.apply(a.tag());
                case History.Joined j ->
                    x.ite(j.condition(), byCase(j.whenTrue(), value, done), byCase(j.whenFalse(), value, done));
            };
            done.put(version, known);
        }
        return known;
    }

    private Expr loadIndexed(State s, Address.Indexed i, int width) {
        Cell place = translate(s, i.base(), i.offset(), 1);
        accessed(s, place.base());
        boolean touched = s.memory.written(x.constant(0, 64), origin(s)).keySet().stream()
                .anyMatch(c -> c.base() == place.base());
        if (touched) {
            throw new Unmodelled("read at a variable index of an object that the path has written");
        }
        Cell whole = new Cell(place.base(), Math.floorDiv(place.offset(), 8L) * 8);
        Expr at = x.add(i.index(), place.offset());
        Expr unknown = byCase(
                version(s, whole), tag -> x.apply("memory" + width + "@" + tag, width, List.of(place.base(), at)));
        return contents.element(i.base(), i.index(), i.offset(), width, unknown).orElse(unknown);
    }

    /** Whether a write there may be at any place of an object that is not private to the code. */
    boolean isIndexed(State s, Expr address) {
        return switch (at(address)) {
            case Address.Indexed i -> {
                Expr base = translate(s, i.base(), i.offset(), 1).base();
                accessed(s, base);
                yield !isStack(base);
            }
            case Address.Choice c -> choices(address).keySet().stream().anyMatch(a -> isIndexed(s, a));
            case Address.Fixed f -> false;
            case Address.Absolute a -> false;
        };
    }

    void store(State s, Expr address, Expr value) {
        switch (at(address)) {
            case Address.Fixed f -> {
                Cell place = translate(s, f.base(), f.offset(), (value.width() + 7) / 8);
                accessed(s, place.base());
                s.memory.store(place.base(), place.offset(), value, origin(s));
            }
            case Address.Choice c ->
                choices(address).forEach((a, when) -> store(s, a, x.ite(when, value, load(s, a, value.width()))));
            case Address.Indexed i -> throw new Unmodelled("write at a variable index");
            case Address.Absolute a -> {
                Expr nowhere = x.constant(0, 64);
                accessed(s, nowhere);
                s.memory.store(nowhere, a.address(), value, origin(s));
            }
        }
    }

    /** Writes {@code now} for {@code was} at {@code cell}, if that is what the word is. */
    void agree(State s, Cell cell, Expr was, Expr now) {
        if (s.memory.word(cell, origin(s)) == was) {
            s.memory.store(cell.base(), cell.offset(), now, origin(s));
        }
    }

    /** Addresses in escaped stack memory belong to the object it has become; others are as both versions number them. */
    private Cell translate(State s, Expr base, long offset, int bytes) {
        if (isStack(base)) {
            for (State.Escaped e : s.escaped) {
                if (offset >= e.start() && offset < e.end()) {
                    return new Cell(e.base(), offset - e.start());
                }
            }
            return new Cell(base, offset);
        }
        long common = environment
                .placement()
                .place(base, offset, bytes)
                .orElseThrow(
                        () -> new Unmodelled("an access behind a pointer of which it is not known whether it points"
                                + " to a structure whose layout changes"));
        environment.placement().moved(base, Math.floorDiv(common, 8L) * 8).stream()
                .filter(m -> m.to() == Math.floorDiv(common, 8L) * 8)
                .forEach(m -> s.notes.add(new Premise.MovedMember(m.name())));
        environment.placement().added(base, common).ifPresent(t -> s.notes.add(new Premise.NewMember(t)));
        if (common != offset) {
            s.notes.add(new Premise.MatchedLayout());
        }
        return new Cell(base, common);
    }

    static boolean isStack(Expr base) {
        return base instanceof Expr.Sym s && s.name().equals(STACK);
    }

    Memory.Origin origin(State s) {
        return new Memory.Origin() {
            @Override
            public History version(Cell cell) {
                return MemoryModel.this.version(s, cell);
            }

            @Override
            public Expr value(Cell cell, History version) {
                return initial(s, cell, version);
            }
        };
    }

    History version(State s, Cell cell) {
        return isStack(cell.base()) || environment.stableBits(cell) == -1L
                ? History.Start.START
                : lastChange(s.history, cell);
    }

    private History lastChange(History from, Cell cell) {
        History h = from;
        while (h instanceof History.After a && !mayChange(a, cell)) {
            h = a.before();
        }
        if (!(h instanceof History.Joined j)) {
            return h;
        }
        Map<Cell, History> known = changes.computeIfAbsent(j, k -> new HashMap<>());
        History last = known.get(cell);
        if (last == null) {
            History one = lastChange(j.whenTrue(), cell);
            History two = lastChange(j.whenFalse(), cell);
            last = one == two ? one : new History.Joined(j.condition(), one, two, j.base());
            known.put(cell, last);
        }
        return last;
    }

    private boolean mayChange(History.After event, Cell cell) {
        if (event.frame().preservesAll()) {
            return false;
        }
        return StackEscapes.isLocal(cell.base())
                ? event.arguments()
                : event.frame().preserved().stream().noneMatch(r -> environment.inRegion(cell, r));
    }

    private Expr initial(State s, Cell cell, History version) {
        Expr later = byCase(
                version,
                tag -> (tag.equals(INITIAL) ? environment.initialValue(cell) : Optional.<Expr>empty())
                        .orElseGet(() -> stabilised(s, cell, unknown(tag, cell))));
        Expr first = contents.initial(cell, later);
        return first == later || s.memory.bases().anyMatch(b -> b == cell.base()) ? later : first;
    }

    private Expr stabilised(State s, Cell cell, Expr fresh) {
        long stable = environment.stableBits(cell);
        if (stable != 0) {
            environment.stableName(cell).ifPresent(n -> s.notes.add(new Premise.StableCell(n)));
        }
        Expr start = stable == 0 ? fresh : unknown(INITIAL, cell);
        return fresh == start ? fresh : mix(fresh, start, stable);
    }

    private Expr mix(Expr fresh, Expr start, long stable) {
        if ((stable & Bits.mask(64)) == -1L) {
            return start;
        }
        return x.or(x.and(fresh, x.constant(~stable, 64)), x.and(start, x.constant(stable, 64)));
    }

    private Expr unknown(String tag, Cell cell) {
        return represented(cell, c -> symbol(tag, c));
    }

    /** A word as both versions have it, of words as they are in memory. */
    private Expr represented(Cell cell, Function<Cell, Expr> word) {
        boolean added =
                environment.placement().added(cell.base(), cell.offset()).isPresent();
        Expr own = added ? x.constant(0, 64) : word.apply(cell);
        for (MovedBits m : environment.placement().moved(cell.base(), cell.offset())) {
            return m.to() == cell.offset()
                    ? m.gather(x, own, word.apply(new Cell(cell.base(), m.from())))
                    : m.vacated(x, own);
        }
        return own;
    }

    private Expr symbol(String tag, Cell cell) {
        return x.apply("memory@" + tag, 64, List.of(cell.base(), x.constant(cell.offset(), 64)));
    }

    /** What has been written, with bits that the new version holds in another word put where the old one has them. */
    Map<Cell, Event.Write> represented(State s, Map<Cell, Event.Write> written) {
        Map<Cell, Event.Write> all = new LinkedHashMap<>(written);
        for (Cell c : written.keySet()) {
            for (MovedBits m : environment.placement().moved(c.base(), c.offset())) {
                if (environment.reading() == ReadSemantics.CONCURRENT) {
                    throw new Unmodelled("a word is written whose bits are in two words now: equivalent where nobody"
                            + " else writes them meanwhile; races are not compared");
                }
                Cell from = new Cell(c.base(), m.from());
                Cell to = new Cell(c.base(), m.to());
                Event.Write flags = written.getOrDefault(from, unwritten(s, from));
                Event.Write work = written.getOrDefault(to, unwritten(s, to));
                Expr value = m.spread(x, flags.value(), work.value());
                Expr original = m.spread(x, flags.original(), work.original());
                all.put(from, new Event.Write(value, original));
                all.put(
                        to,
                        new Event.Write(
                                m.rest(x, work.value(), flags.value()), m.rest(x, work.original(), flags.original())));
                s.notes.add(new Premise.MovedMember(m.name()));
            }
        }
        return all;
    }

    private Event.Write unwritten(State s, Cell cell) {
        Expr value = s.memory.word(cell, origin(s));
        return new Event.Write(value, value);
    }
}
