// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * How a truth value stands for the integer that a function returned before, or returns now.
 *
 * @param sense which integers stand for "true"
 * @param integers what the function has been seen to return where it returns an integer; empty if that
 *     may be anything
 */
public record ResultRelation(Sense sense, Set<Long> integers) {
    public ResultRelation {
        integers = Set.copyOf(integers);
    }

    /** Which integers stand for "true". */
    public enum Sense {
        /** Nought or an error code: nought is true. */
        ZERO_IS_TRUE,
        /** A count or a yes: anything but nought is true. */
        NONZERO_IS_TRUE;

        /** The truth value (one bit) that stands for {@code integer}. */
        public Expr of(Exprs x, Expr integer) {
            Expr zero = x.isZero(integer);
            return this == ZERO_IS_TRUE ? zero : x.not(zero);
        }
    }

    /** The relation in words. */
    public String text() {
        String meaning = sense == Sense.ZERO_IS_TRUE ? "0 is true" : "0 is false";
        return integers.isEmpty()
                ? meaning
                : meaning + ", of "
                        + new TreeSet<>(integers).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * The result of an opaque function on one side.
     *
     * @param bits width of the integer
     * @param truth whether this side has the truth value
     */
    public record Side(ResultRelation relation, int bits, boolean truth) {
        /** The result on this side, made of an unknown that both sides share. */
        public Expr result(Exprs x, String name) {
            return relation.integers().size() == 2 ? ofTruth(x, x.sym(name, 1)) : ofInteger(x, x.sym(name, bits));
        }

        private Expr ofInteger(Exprs x, Expr integer) {
            return truth ? relation.sense().of(x, integer) : integer;
        }

        private Expr ofTruth(Exprs x, Expr yes) {
            long zero = 0;
            long other = relation.integers().stream()
                    .mapToLong(Long::longValue)
                    .filter(v -> v != 0)
                    .findFirst()
                    .orElse(1);
            boolean zeroIsTrue = relation.sense() == Sense.ZERO_IS_TRUE;
            return truth
                    ? yes
                    : x.ite(
                            yes,
                            x.constant(zeroIsTrue ? zero : other, bits),
                            x.constant(zeroIsTrue ? other : zero, bits));
        }
    }

    /** The relation for a function that has returned {@code integers}: nought and one other, or anything. */
    public ResultRelation seen(Set<Long> values, int bits) {
        Set<Long> signed = values.stream().map(v -> Bits.signExtend(v, bits)).collect(Collectors.toUnmodifiableSet());
        return new ResultRelation(sense, signed.size() == 2 && signed.contains(0L) ? signed : Set.of());
    }
}
