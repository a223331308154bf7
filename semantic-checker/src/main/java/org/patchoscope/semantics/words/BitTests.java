// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * Tests of bits of one word that hold together, said with what the others leave open: of a word that has any of two bits,
 * and not the first one, that it has the second. Each test stays one of the bits that it was of.
 */
final class BitTests {
    private enum Kind {
        ANY,
        NONE,
        EXACTLY
    }

    /**
     * A test of {@code operand}, whose bit 0 is bit {@code low} of {@code word}.
     *
     * @param mask bits of {@code word} that it looks at
     * @param ones those of them that are set, if it says which
     */
    private record Test(Kind kind, Expr operand, Expr word, int low, long mask, long ones) {
        boolean ofOneBit() {
            return Long.bitCount(mask) == 1;
        }

        long zeros() {
            return kind == Kind.ANY ? 0 : mask & ~ones;
        }

        long known() {
            return kind == Kind.ANY && ofOneBit() ? mask : ones;
        }
    }

    private final Exprs x;

    BitTests(Exprs exprs) {
        this.x = exprs;
    }

    /** Conditions that say the same as {@code conjunction} together, without what another of them says. */
    List<Expr> together(List<Expr> conjunction) {
        List<Expr> kept = conjunction.stream().distinct().toList();
        for (int i = 0; i < kept.size(); i++) {
            List<Expr> others = new ArrayList<>(kept);
            Expr mine = others.remove(i);
            Optional<Expr> said = beside(others, mine);
            if (said.isEmpty()) {
                kept = List.copyOf(others);
                i--;
            } else if (said.get() != mine) {
                others.add(i, said.get());
                kept = List.copyOf(others);
            }
        }
        return kept;
    }

    /** What {@code condition} says beside {@code others}; empty if they say it. */
    private Optional<Expr> beside(List<Expr> others, Expr condition) {
        Test t = test(condition, true);
        if (t == null || t.kind() == Kind.EXACTLY) {
            return Optional.of(condition);
        }
        long zeros = 0;
        long ones = 0;
        boolean implied = false;
        for (Expr other : others) {
            Test o = test(other, true);
            if (o != null && o.word() == t.word()) {
                zeros |= o.zeros();
                ones |= o.known();
                implied |= t.kind() == Kind.ANY && o.kind() == Kind.ANY && (o.mask() & ~t.mask()) == 0;
            }
        }
        if (t.kind() == Kind.NONE) {
            return (t.mask() & ~zeros) == 0 ? Optional.empty() : Optional.of(condition);
        }
        if (implied || (t.mask() & ones) != 0) {
            return Optional.empty();
        }
        long open = t.mask() & ~zeros;
        return Optional.of(open == 0 || open == t.mask() ? condition : any(t, open));
    }

    private Expr any(Test t, long open) {
        long mask = open >>> t.low();
        return Long.bitCount(mask) == 1
                ? x.extract(t.operand(), Long.numberOfTrailingZeros(mask), 1)
                : x.not(x.eq(
                        x.and(t.operand(), x.constant(mask, t.operand().width())),
                        x.constant(0, t.operand().width())));
    }

    private static @Nullable Test test(Expr e, boolean holds) {
        return switch (e) {
            case Expr.Unary u when u.op() == UnaryOp.NOT -> test(u.operand(), !holds);
            case Expr.Extract bit
            when bit.width() == 1 -> of(holds ? Kind.ANY : Kind.NONE, bit.operand(), 1L << bit.low(), 0);
            case Expr.Binary b
            when b.op() == BinaryOp.EQ
                    && b.right() instanceof Expr.Const value
                    && b.left() instanceof Expr.Binary and
                    && and.op() == BinaryOp.AND
                    && and.right() instanceof Expr.Const mask -> {
                if (value.value() == 0) {
                    yield of(holds ? Kind.NONE : Kind.ANY, and.left(), mask.value(), 0);
                }
                yield holds ? of(Kind.EXACTLY, and.left(), mask.value(), value.value()) : null;
            }
            default -> null;
        };
    }

    private static Test of(Kind kind, Expr operand, long mask, long ones) {
        Expr word = operand;
        int low = 0;
        while (word instanceof Expr.Extract part) {
            low += part.low();
            word = part.operand();
        }
        long own = Bits.mask(operand.width());
        return new Test(kind, operand, word, low, (mask & own) << low, (ones & own) << low);
    }
}
