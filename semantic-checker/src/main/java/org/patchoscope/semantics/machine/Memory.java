// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Memory as words behind base pointers, little-endian. What is not in the map is as the environment
 * made it: {@link Origin} tells its value. A word written before the last event that may have changed it
 * is stale, and is asked for again.
 */
final class Memory {
    /** Gives the version and the value of a word that the path has not written itself. */
    interface Origin {
        /** Changes when an event may have changed the word. */
        int version(Cell cell);

        /** The value of the word at that version. */
        Expr value(Cell cell, int version);
    }

    private record Word(Expr value, int version) {}

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
        int version = origin.version(cell);
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

    /** This memory where {@code condition} holds and {@code other} where not; what neither has written stays so. */
    Memory joined(Expr condition, Memory other, Origin origin) {
        Map<Cell, Word> all = new LinkedHashMap<>(words);
        other.words.forEach(all::putIfAbsent);
        all.replaceAll((c, w) -> {
            Expr a = word(c, origin);
            Expr b = other.word(c, origin);
            return a == b && words.get(c) != null ? w : new Word(x.ite(condition, a, b), origin.version(c));
        });
        return new Memory(x, all);
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
