// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;

/**
 * Memory as words behind base pointers, little-endian. What is not in the map is as the environment
 * made it: {@link Origin} tells its value. A word written before the last event that may have changed it
 * is stale, and is asked for again.
 */
final class Memory {
    /** Gives the version and the value of a word that the path has not written itself. */
    interface Origin {
        /** Changes when an event may have changed the word. */
        History version(Cell cell);

        /** The value of the word at that version. */
        Expr value(Cell cell, History version);
    }

    private record Word(Expr value, History version) {}

    private final Exprs x;
    private final Map<Cell, Word> words;

    Memory(Exprs x) {
        this(x, new LinkedHashMap<>());
    }

    private Memory(Exprs x, Map<Cell, Word> words) {
        this.x = x;
        this.words = words;
    }

    Memory copy() {
        return new Memory(x, new LinkedHashMap<>(words));
    }

    Expr word(Cell cell, Origin origin) {
        History version = origin.version(cell);
        Word w = words.get(cell);
        return w != null && w.version() == version ? w.value() : origin.value(cell, version);
    }

    Expr load(Expr base, long offset, int width, Origin origin) {
        long at = Math.floorDiv(offset, 8L) * 8;
        int bit = (int) (offset - at) * 8;
        Expr low = word(new Cell(base, at), origin);
        if (bit + width <= 64) {
            return x.extract(low, bit, width);
        }
        int rest = bit + width - 64;
        Expr high = word(new Cell(base, at + 8), origin);
        return x.concat(x.extract(high, 0, rest), x.extract(low, bit, 64 - bit));
    }

    void store(Expr base, long offset, Expr value, Origin origin) {
        long at = Math.floorDiv(offset, 8L) * 8;
        int bit = (int) (offset - at) * 8;
        int first = Math.min(value.width(), 64 - bit);
        insert(new Cell(base, at), bit, x.extract(value, 0, first), origin);
        if (first < value.width()) {
            insert(new Cell(base, at + 8), 0, x.extract(value, first, value.width() - first), origin);
        }
    }

    private void insert(Cell cell, int bit, Expr value, Origin origin) {
        Expr result = value;
        if (value.width() < 64) {
            Expr old = word(cell, origin);
            int top = bit + value.width();
            if (bit > 0) {
                result = x.concat(result, x.extract(old, 0, bit));
            }
            if (top < 64) {
                result = x.concat(x.extract(old, top, 64 - top), result);
            }
        }
        words.put(cell, new Word(result, origin.version(cell)));
    }

    /** Copies what has been written at {@code [start, end)} of {@code from} to the start of {@code to}. */
    void rebase(Expr from, long start, long end, Expr to, Origin origin) {
        long at = start;
        while (at < end) {
            int bytes = (int) Long.highestOneBit(Math.min(8, end - at));
            if (isWritten(from, at) || isWritten(from, at + bytes - 1)) {
                store(to, at - start, load(from, at, bytes * 8, origin), origin);
            }
            at += bytes;
        }
    }

    /**
     * This memory and {@code other}, with {@code both} to make one value of two, as of the moment that {@code joined} knows; what
     * neither has written stays so.
     */
    Memory joined(BinaryOperator<Expr> both, Origin origin, Memory other, Origin others, Origin joined) {
        Set<Cell> cells = new LinkedHashSet<>(words.keySet());
        cells.addAll(other.words.keySet());
        Map<Cell, Word> all = new LinkedHashMap<>();
        for (Cell c : cells) {
            if (isCurrent(c, origin) || other.isCurrent(c, others)) {
                Expr value = both.apply(word(c, origin), other.word(c, others));
                all.put(c, new Word(value, joined.version(c)));
            }
        }
        return new Memory(x, all);
    }

    /** Whether the path has written the word and nothing may have changed it since. */
    private boolean isCurrent(Cell c, Origin origin) {
        Word w = words.get(c);
        return w != null && w.version() == origin.version(c);
    }

    /** The words that the path has written and nothing may have changed since. */
    Set<Cell> current(Origin origin) {
        Set<Cell> all = new LinkedHashSet<>(words.keySet());
        all.removeIf(c -> !isCurrent(c, origin));
        return all;
    }

    /** The bases of all words that the path has written. */
    Stream<Expr> bases() {
        return words.keySet().stream().map(Cell::base).distinct();
    }

    private boolean isWritten(Expr base, long at) {
        return words.containsKey(new Cell(base, Math.floorDiv(at, 8L) * 8));
    }

    /** Everything the path has written outside of {@code hidden} that no event has made stale. */
    Map<Cell, Event.Write> written(Expr hidden, Origin origin) {
        Map<Cell, Event.Write> all = new LinkedHashMap<>();
        words.forEach((c, w) -> {
            if (c.base() != hidden && w.version() == origin.version(c)) {
                Expr original = origin.value(c, w.version());
                if (original != w.value()) {
                    all.put(c, new Event.Write(w.value(), original));
                }
            }
        });
        return all;
    }
}
