// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/** Memory at known addresses with values that may be unknown: words of eight bytes, little-endian. */
public final class WordMemory {
    private final Exprs x;
    private final LongFunction<Expr> initial;
    private final Map<Long, Expr> words = new HashMap<>();

    /** {@code initial} gives what a word (at a multiple of 8) holds before it is written. */
    public WordMemory(Exprs x, LongFunction<Expr> initial) {
        this.x = x;
        this.initial = initial;
    }

    /** Makes the words unknown again for which {@code changed} says so. */
    public void forget(BiPredicate<Long, Expr> changed) {
        words.entrySet().removeIf(e -> changed.test(e.getKey(), e.getValue()));
    }

    private Expr word(long at) {
        Expr known = words.get(at);
        return known != null ? known : initial.apply(at);
    }

    public Expr load(long address, int width) {
        long at = address & ~7L;
        int bit = (int) (address - at) * 8;
        if (bit + width <= 64) {
            return x.extract(word(at), bit, width);
        }
        int first = 64 - bit;
        return x.concat(x.extract(word(at + 8), 0, width - first), x.extract(word(at), bit, first));
    }

    public void store(long address, Expr value) {
        long at = address & ~7L;
        int bit = (int) (address - at) * 8;
        int first = Math.min(value.width(), 64 - bit);
        insert(at, bit, x.extract(value, 0, first));
        if (first < value.width()) {
            insert(at + 8, 0, x.extract(value, first, value.width() - first));
        }
    }

    private void insert(long at, int bit, Expr value) {
        Expr result = value;
        int top = bit + value.width();
        if (bit > 0) {
            result = x.concat(result, x.extract(word(at), 0, bit));
        }
        if (top < 64) {
            result = x.concat(x.extract(word(at), top, 64 - top), result);
        }
        words.put(at, result);
    }
}
