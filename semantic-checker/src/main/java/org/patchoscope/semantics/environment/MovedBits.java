// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return build(x, own, i -> bit(i).map(b -> x.extract(source, b.from(), 1)));
    }

    /** The old word as the new version finds it: bits that are in the new word are not set here any more. */
    public Expr vacated(Exprs x, Expr old) {
        return build(
                x,
                old,
                i -> bits.stream().anyMatch(b -> b.from() == i && !b.copied())
                        ? Optional.of(x.constant(0, 1))
                        : Optional.empty());
    }

    /** The old word, as it would be with the bits that {@code value}, the new word, has now. */
    public Expr spread(Exprs x, Expr old, Expr value) {
        return build(
                x,
                old,
                i -> bits.stream()
                        .filter(b -> b.from() == i && !b.copied())
                        .findFirst()
                        .map(b -> x.extract(value, b.to(), 1)));
    }

    /** What is the new word's alone: bits without a source, and for repeated ones whether they differ from it. */
    public Expr rest(Exprs x, Expr value, Expr source) {
        return build(
                x,
                value,
                i -> bit(i).map(b -> b.copied()
                        ? x.xor(x.extract(value, b.to(), 1), x.extract(source, b.from(), 1))
                        : x.constant(0, 1)));
    }

    private Optional<Bit> bit(int to) {
        return bits.stream().filter(b -> b.to() == to).findFirst();
    }

    private interface Choice {
        Optional<Expr> at(int bit);
    }

    private static Expr build(Exprs x, Expr word, Choice choice) {
        List<Expr> parts = new ArrayList<>();
        int low = 0;
        for (int i = 0; i < 64; i++) {
            Optional<Expr> other = choice.at(i);
            if (other.isPresent()) {
                if (i > low) {
                    parts.add(x.extract(word, low, i - low));
                }
                parts.add(other.get());
                low = i + 1;
            }
        }
        if (low < 64) {
            parts.add(x.extract(word, low, 64 - low));
        }
        return parts.stream().reduce((a, b) -> x.concat(b, a)).orElse(word);
    }
}
