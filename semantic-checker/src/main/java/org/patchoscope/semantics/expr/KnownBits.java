// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Finds bits of an expression that have the same value for all inputs. */
final class KnownBits {
    /** Which bits are surely zero and which are surely one; no bit is in both. */
    public record Known(long zeros, long ones) {}

    private final Map<Expr, Known> memo = new HashMap<>();

    Known of(Expr e) {
        Known k = memo.get(e);
        if (k == null) {
            PostOrder.over(e, memo::containsKey, this::learn);
            k = Objects.requireNonNull(memo.get(e));
        }
        return k;
    }

    private void learn(Expr e) {
        Known k = compute(e);
        long m = Bits.mask(e.width());
        memo.put(e, new Known(k.zeros() & m, k.ones() & m));
    }

    private Known compute(Expr e) {
        return switch (e) {
            case Expr.Const c -> new Known(~c.value(), c.value());
            case Expr.Sym s -> new Known(0, 0);
            case Expr.Reg r -> new Known(0, 0);
            case Expr.Apply f -> new Known(0, 0);
            case Expr.Unary u -> unary(u);
            case Expr.Binary b -> binary(b);
            case Expr.Extract x -> {
                Known k = of(x.operand());
                yield new Known(k.zeros() >>> x.low(), k.ones() >>> x.low());
            }
            case Expr.Concat c -> {
                Known h = of(c.high());
                Known l = of(c.low());
                int w = c.low().width();
                yield new Known(h.zeros() << w | l.zeros(), h.ones() << w | l.ones());
            }
            case Expr.SignExtend s -> {
                Known k = of(s.operand());
                int w = s.operand().width();
                yield new Known(Bits.signExtend(k.zeros(), w), Bits.signExtend(k.ones(), w));
            }
            case Expr.Ite i -> {
                Known a = of(i.whenTrue());
                Known b = of(i.whenFalse());
                yield new Known(a.zeros() & b.zeros(), a.ones() & b.ones());
            }
        };
    }

    private Known unary(Expr.Unary u) {
        Known k = of(u.operand());
        return switch (u.op()) {
            case NOT -> new Known(/* zeros= */ k.ones(), /* ones= */ k.zeros());
            case CLZ, POPCOUNT -> new Known(~(2L * Long.highestOneBit(u.width()) - 1), 0);
            case NEG, REVERSE_BITS -> new Known(0, 0);
        };
    }

    private Known binary(Expr.Binary b) {
        if (b.op().comparison()) {
            return new Known(0, 0);
        }
        Known x = of(b.left());
        Known y = of(b.right());
        return switch (b.op()) {
            case AND -> new Known(x.zeros() | y.zeros(), x.ones() & y.ones());
            case OR -> new Known(x.zeros() & y.zeros(), x.ones() | y.ones());
            case XOR ->
                new Known(x.zeros() & y.zeros() | x.ones() & y.ones(), x.zeros() & y.ones() | x.ones() & y.zeros());
            case ADD -> {
                long low = Bits.mask(Math.max(1, Math.min(trailingZeros(x), trailingZeros(y))));
                yield (x.zeros() & y.zeros() & 1) == 1 ? new Known(low & x.zeros() & y.zeros(), 0) : new Known(0, 0);
            }
            case SHL, LSHR -> shift(b, x);
            default -> new Known(0, 0);
        };
    }

    private static int trailingZeros(Known k) {
        return Long.numberOfTrailingZeros(~k.zeros());
    }

    private static Known shift(Expr.Binary b, Known x) {
        if (!(b.right() instanceof Expr.Const c) || Long.compareUnsigned(c.value(), b.width()) >= 0) {
            return new Known(0, 0);
        }
        int n = (int) c.value();
        long m = Bits.mask(b.width());
        return b.op() == BinaryOp.SHL
                ? new Known(x.zeros() << n | ~(-1L << n), x.ones() << n)
                : new Known((x.zeros() & m) >>> n | ~(m >>> n), (x.ones() & m) >>> n);
    }
}
