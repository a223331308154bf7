// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Sum;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.StaticData;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.trace.Cell;

/**
 * What objects with static storage hold, according to the object files. A constant holds that always; data that is written
 * at some time holds it until then, which is of interest where the other version has other data to begin with.
 */
public final class Contents {
    /** What a path is on which an object with other initial content has not been written yet. */
    public static final String INITIAL = "initial:";

    /** How reads behind the end of a constant are named. */
    public static final String OUTSIDE = "@outside";

    private static final int MOST_ELEMENTS = 512;
    private static final int FEW_ELEMENTS = 64;
    private static final long LARGEST_STEP = 4096;

    private final Exprs x;
    private final StaticData data;
    private final Set<String> changed;
    private final Set<String> differing;
    private final UnaryOperator<String> names;

    /**
     * The contents of one version.
     *
     * @param changed objects whose content is another one in the other version
     * @param differing these, those that point to them, and those that the other version does not have
     * @param names what a function is called in both versions
     */
    public Contents(Exprs x, StaticData data, Set<String> changed, Set<String> differing, UnaryOperator<String> names) {
        this.x = x;
        this.data = data;
        this.changed = Set.copyOf(changed);
        this.differing = Set.copyOf(differing);
        this.names = names;
    }

    private static Optional<String> name(Expr base) {
        return base instanceof Expr.Sym s && s.name().startsWith("&")
                ? Optional.of(s.name().substring(1))
                : Optional.empty();
    }

    private Optional<StaticData.Item> item(Expr base) {
        return name(base).flatMap(data::of);
    }

    /** What a constant holds at a known place. */
    Optional<Expr> constant(Expr base, long offset, int width) {
        Optional<StaticData.Item> item = item(base).filter(StaticData.Item::constant);
        return item.isEmpty() || width % 8 != 0 ? Optional.empty() : known(base, item.get(), offset, width);
    }

    /**
     * What is read behind the address of an object plus something else, which is an index then; {@code otherwise} where that
     * is not known.
     */
    Expr indexed(Expr base, long offset, int width, Expr otherwise) {
        List<Expr> terms = Sum.of(base).terms();
        refuseHidden(terms);
        if (!(base instanceof Expr.Binary)) {
            return otherwise;
        }
        List<Expr> objects = terms.stream().filter(t -> item(t).isPresent()).toList();
        if (objects.size() != 1) {
            objects.stream().filter(this::changed).findFirst().ifPresent(o -> {
                throw unknown(name(o).orElse(""));
            });
            return otherwise;
        }
        Expr index = terms.stream()
                .filter(t -> t != objects.getFirst())
                .reduce(x::add)
                .orElse(x.constant(0, 64));
        return element(objects.getFirst(), index, offset, width, otherwise).orElse(otherwise);
    }

    /** An address that is computed from that of an object with other content in a way that does not say where in it: masked, cut. */
    private void refuseHidden(List<Expr> terms) {
        if (changed.isEmpty()) {
            return;
        }
        terms.stream()
                .filter(t -> name(t).isEmpty())
                .flatMap(t -> Unknowns.leaves(t).stream())
                .filter(this::changed)
                .findFirst()
                .ifPresent(o -> {
                    throw unknown(name(o).orElse(""));
                });
    }

    private static MemoryModel.Unmodelled unknown(String name) {
        return new MemoryModel.Unmodelled("initial content changed of " + name);
    }

    /** The content of some bytes; refused where it differs but cannot be told. */
    private Optional<Expr> known(Expr base, StaticData.Item i, long offset, int width) {
        Optional<Expr> value = value(base, i, offset, width);
        if (value.isEmpty() && changed(base)) {
            throw unknown(name(base).orElse(""));
        }
        return value;
    }

    private boolean changed(Expr base) {
        return name(base).filter(changed::contains).isPresent();
    }

    private boolean differs(Expr base) {
        return name(base).filter(differing::contains).isPresent();
    }

    private Optional<Expr> value(Expr base, StaticData.Item i, long offset, int width) {
        OptionalLong number = StaticData.number(i, offset, width / 8);
        if (number.isPresent()) {
            return Optional.of(x.constant(number.getAsLong(), width));
        }
        return differs(base) ? i.pointer(offset, width / 8).map(this::address) : Optional.empty();
    }

    private Expr address(ObjectFile.Relocation r) {
        return x.add(x.sym("&" + names.apply(r.symbol()), 64), r.addend());
    }

    /**
     * What is read at a variable index of a constant, and of an object that differs; {@code later} once somebody has written
     * that. Behind the end of a constant nothing is known.
     */
    Optional<Expr> element(Expr base, Expr index, long offset, int width, Expr later) {
        refuseHidden(List.of(base, index));
        Optional<StaticData.Item> item = item(base).filter(i -> i.constant() || changed(base));
        if (item.isEmpty()) {
            return Optional.empty();
        }
        boolean constant = item.get().constant();
        Expr beyond =
                constant ? x.apply("memory" + width + OUTSIDE, width, List.of(base, x.add(index, offset))) : later;
        Optional<Expr> chain =
                width % 8 == 0 ? chain(base, item.get(), index, offset, width, beyond) : Optional.empty();
        if (chain.isEmpty() && changed(base)) {
            throw unknown(name(base).orElse(""));
        }
        return constant ? chain : chain.map(c -> x.ite(initial(base), c, later));
    }

    /** The places that an index may lead to, and what is there; the last one is left if it leads nowhere else. */
    private Optional<Expr> chain(Expr base, StaticData.Item item, Expr index, long offset, int width, Expr beyond) {
        long open = ~x.known(index).zeros();
        long step = Math.min(open == 0 ? LARGEST_STEP : Long.lowestOneBit(open), LARGEST_STEP);
        long last = item.size() - width / 8;
        boolean inside = offset >= 0 && open >= 0 && open <= last - offset;
        long end = inside ? offset + open : last;
        if (end / step >= (differs(base) ? MOST_ELEMENTS : FEW_ELEMENTS)) {
            return Optional.empty();
        }
        Expr all = beyond;
        boolean first = true;
        for (long at = Math.floorMod(offset, step); at <= end; at += step) {
            if ((at - offset & ~open) != 0) {
                continue;
            }
            Optional<Expr> value = value(base, item, at, width);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            boolean only = inside && first;
            all = only ? value.get() : x.ite(x.eq(index, x.constant(at - offset, 64)), value.get(), all);
            first = false;
        }
        return Optional.of(all);
    }

    /** What a word holds that nobody has written yet, of an object that differs in that; {@code later} once somebody has. */
    Expr initial(Cell cell, Expr later) {
        Optional<StaticData.Item> item = changed.isEmpty()
                ? Optional.empty()
                : item(cell.base()).filter(i -> !i.constant() && changed(cell.base()));
        return item.isEmpty() ? later : x.ite(initial(cell.base()), word(cell, item.get(), later), later);
    }

    private Expr word(Cell cell, StaticData.Item item, Expr later) {
        Optional<Expr> whole = value(cell.base(), item, cell.offset(), 64);
        if (whole.isPresent()) {
            return whole.get();
        }
        Expr word = x.extract(later, 0, 8);
        for (int k = 0; k < 8; k++) {
            boolean inside = item.holds(cell.offset() + k, 1);
            OptionalLong number = StaticData.number(item, cell.offset() + k, 1);
            if (inside && number.isEmpty()) {
                throw unknown(name(cell.base()).orElse(""));
            }
            Expr b = number.isPresent() ? x.constant(number.getAsLong(), 8) : x.extract(later, 8 * k, 8);
            word = k == 0 ? b : x.concat(b, word);
        }
        return word;
    }

    private Expr initial(Expr base) {
        return x.sym(INITIAL + name(base).orElse(""), 1);
    }
}
