// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Bits that a word of one version holds in another word in the other version: what was {@code TIF_SYSCALL_TRACE} in the
 * thread's flags is a bit of {@code syscall_work}. All words have 64 bits.
 *
 * @param name what the profile calls it
 * @param from offset of the word that has the bits in the old version
 * @param to offset of the word that has them in the new version
 * @param bits which bit became which
 */
public record MovedBits(String name, long from, long to, List<Bit> bits) {
    public MovedBits {
        bits = List.copyOf(bits);
    }

    /**
     * A bit.
     *
     * @param copied whether the old word still has it in the new version, and the new word repeats it
     */
    public record Bit(int from, int to, boolean copied) {}

    /** The new word, where the old one is {@code source} and {@code own} has the bits that are only the new one's. */
    public Expr gather(Exprs x, Expr own, Expr source) {
        return build(x, own, byTarget(), b -> x.extract(source, b.from(), 1));
    }

    /** The old word as the new version finds it: bits that are in the new word are not set here any more. */
    public Expr vacated(Exprs x, Expr old) {
        return build(x, old, bySource(), b -> x.constant(0, 1));
    }

    /** The old word, as it would be with the bits that {@code value}, the new word, has now. */
    public Expr spread(Exprs x, Expr old, Expr value) {
        return build(x, old, bySource(), b -> x.extract(value, b.to(), 1));
    }

    /** What is the new word's alone: bits without a source, and for repeated ones whether they differ from it. */
    public Expr rest(Exprs x, Expr value, Expr source) {
        return build(
                x,
                value,
                byTarget(),
                b -> b.copied()
                        ? x.xor(x.extract(value, b.to(), 1), x.extract(source, b.from(), 1))
                        : x.constant(0, 1));
    }

    private SortedMap<Integer, Bit> byTarget() {
        SortedMap<Integer, Bit> all = new TreeMap<>();
        bits.forEach(b -> all.putIfAbsent(b.to(), b));
        return all;
    }

    /** By their places in the old word, from which copied bits have not gone. */
    private SortedMap<Integer, Bit> bySource() {
        SortedMap<Integer, Bit> all = new TreeMap<>();
        bits.stream().filter(b -> !b.copied()).forEach(b -> all.putIfAbsent(b.from(), b));
        return all;
    }

    /** {@code word} with other bits at the given places. */
    private static Expr build(Exprs x, Expr word, SortedMap<Integer, Bit> places, Function<Bit, Expr> other) {
        List<Expr> parts = new ArrayList<>();
        int low = 0;
        for (Map.Entry<Integer, Bit> place : places.entrySet()) {
            int at = place.getKey();
            Expr bit = other.apply(place.getValue());
            if (at > low) {
                parts.add(x.extract(word, low, at - low));
            }
            parts.add(bit);
            low = at + 1;
        }
        if (low < 64) {
            parts.add(x.extract(word, low, 64 - low));
        }
        return parts.stream().reduce((a, b) -> x.concat(b, a)).orElse(word);
    }
}
