// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import org.jspecify.annotations.Nullable;

/**
 * Simplifications of operations on two operands. Each keeps the meaning for all inputs (tested against
 * evaluation); together they bring what compilers make of a test of flags into one form.
 */
final class BinaryRules {
    private final Exprs x;
    private final CompareRules compare;

    BinaryRules(Exprs exprs) {
        this.x = exprs;
        this.compare = new CompareRules(exprs);
    }

    Expr simplify(BinaryOp op, Expr a, Expr b) {
        return switch (op) {
            case ADD -> add(a, b);
            case SUB -> sub(a, b);
            case AND -> and(a, b);
            case OR -> or(a, b);
            case XOR -> xor(a, b);
            case SHL, LSHR, ASHR -> shift(op, a, b);
            case MUL -> b.isConst(0) ? b : b.isConst(1) ? a : powerOfTwo(a, b);
            case UDIV -> b.isConst(1) ? a : x.rawBinary(op, a, b);
            case SDIV, UREM, SREM, MULHU, MULHS -> x.rawBinary(op, a, b);
            case EQ, ULT, ULE, SLT, SLE -> compare.simplify(op, a, b);
        };
    }

    private Expr powerOfTwo(Expr a, Expr b) {
        if (b instanceof Expr.Const c && Long.bitCount(c.value()) == 1) {
            return x.binary(BinaryOp.SHL, a, x.constant(Long.numberOfTrailingZeros(c.value()), a.width()));
        }
        return x.rawBinary(BinaryOp.MUL, a, b);
    }

    private Expr add(Expr a, Expr b) {
        if (b.isConst(0)) {
            return a;
        }
        if (a.width() == 1) {
            return x.xor(a, b);
        }
        if (b instanceof Expr.Const c && a instanceof Expr.Binary p && p.op() == BinaryOp.ADD) {
            if (p.right() instanceof Expr.Const d) {
                return x.add(p.left(), c.value() + d.value());
            }
        }
        if (b instanceof Expr.Const && a instanceof Expr.Ite i && bothConstBased(i)) {
            return x.ite(i.condition(), x.add(i.whenTrue(), b), x.add(i.whenFalse(), b));
        }
        if (a instanceof Expr.Binary p && p.op() == BinaryOp.ADD && p.right() instanceof Expr.Const c) {
            return x.add(x.add(p.left(), b), c);
        }
        if (b instanceof Expr.Binary p && p.op() == BinaryOp.ADD && p.right() instanceof Expr.Const c) {
            return x.add(x.add(a, p.left()), c);
        }
        // adrp + :lo12: join to the whole address again.
        if (complementaryMasks(a, b) instanceof Expr whole) {
            return whole;
        }
        if (negated(b) instanceof Expr n && n == a || negated(a) instanceof Expr m && m == b) {
            return x.constant(0, a.width());
        }
        return x.rawBinary(BinaryOp.ADD, a, b);
    }

    private static boolean isMasked(Expr e, Expr.Const mask) {
        return e instanceof Expr.Binary b && b.op() == BinaryOp.AND && b.right() == mask;
    }

    private static boolean bothConstBased(Expr.Ite i) {
        return i.whenTrue() instanceof Expr.Const || i.whenFalse() instanceof Expr.Const;
    }

    private static @Nullable Expr negated(Expr e) {
        return e instanceof Expr.Unary u && u.op() == UnaryOp.NEG ? u.operand() : null;
    }

    private static @Nullable Expr complementaryMasks(Expr a, Expr b) {
        return masks(a, b) instanceof Masks m && m.one() == (~m.other() & Bits.mask(a.width())) ? m.word() : null;
    }

    private record Masks(Expr word, long one, long other) {}

    /** What two values leave of one word; null if they are not such. */
    private static @Nullable Masks masks(Expr a, Expr b) {
        return a instanceof Expr.Binary p
                        && b instanceof Expr.Binary q
                        && p.op() == BinaryOp.AND
                        && q.op() == BinaryOp.AND
                        && p.left() == q.left()
                        && p.right() instanceof Expr.Const m
                        && q.right() instanceof Expr.Const n
                ? new Masks(p.left(), m.value(), n.value())
                : null;
    }

    private Expr sub(Expr a, Expr b) {
        if (a == b) {
            return x.constant(0, a.width());
        }
        if (b instanceof Expr.Const c) {
            return x.add(a, -c.value());
        }
        if (a.isConst(0)) {
            return x.unary(UnaryOp.NEG, b);
        }
        if (base(a) == base(b)) {
            return x.constant(offset(a) - offset(b), a.width());
        }
        return x.add(a, x.unary(UnaryOp.NEG, b));
    }

    private static Expr base(Expr e) {
        return e instanceof Expr.Binary p && p.op() == BinaryOp.ADD && p.right() instanceof Expr.Const ? p.left() : e;
    }

    private static long offset(Expr e) {
        return e instanceof Expr.Binary p && p.op() == BinaryOp.ADD && p.right() instanceof Expr.Const c
                ? c.value()
                : 0;
    }

    private Expr and(Expr a, Expr b) {
        if (a == b || b.isConst(-1)) {
            return a;
        }
        if (b.isConst(0) || complements(a, b)) {
            return x.constant(0, a.width());
        }
        if (b instanceof Expr.Const c) {
            return mask(a, c);
        }
        if (a.width() == 1) {
            return compare.conjunction(a, b);
        }
        return x.rawBinary(BinaryOp.AND, a, b);
    }

    private Expr mask(Expr a, Expr.Const c) {
        var known = x.known(a);
        long open = c.value() & ~known.zeros() & Bits.mask(a.width());
        if (open == 0) {
            return x.constant(0, a.width());
        }
        if ((open & ~known.ones()) == 0) {
            return x.constant(open, a.width());
        }
        if ((~c.value() & Bits.mask(a.width()) & ~known.zeros()) == 0) {
            return a;
        }
        if (a instanceof Expr.Binary p && p.op() == BinaryOp.AND && p.right() instanceof Expr.Const d) {
            return x.and(p.left(), x.constant(c.value() & d.value(), a.width()));
        }
        if (a instanceof Expr.Ite i && (i.whenTrue() instanceof Expr.Const || i.whenFalse() instanceof Expr.Const)) {
            return x.ite(i.condition(), x.and(i.whenTrue(), c), x.and(i.whenFalse(), c));
        }
        if (a instanceof Expr.Binary o && o.op() == BinaryOp.OR && open != (c.value() & Bits.mask(a.width()))) {
            return x.and(a, x.constant(open, a.width()));
        }
        if (a instanceof Expr.Binary o && o.op() == BinaryOp.OR) {
            Expr left = x.and(o.left(), c);
            Expr right = x.and(o.right(), c);
            // Flags put together bit by bit: of those outside of the mask nothing is left to say.
            if (left instanceof Expr.Const
                    || right instanceof Expr.Const
                    || !(isMasked(left, c) || isMasked(right, c))) {
                return x.or(left, right);
            }
        }
        int top = 64 - Long.numberOfLeadingZeros(open);
        if (top < a.width() && a instanceof Expr.Concat k && top <= k.low().width()) {
            return x.zeroExtend(x.and(k.low(), x.constant(open, k.low().width())), a.width());
        }
        return x.rawBinary(BinaryOp.AND, a, x.constant(open, a.width()));
    }

    private Expr or(Expr a, Expr b) {
        if (a == b || b.isConst(0)) {
            return a;
        }
        if (b.isConst(-1) || complements(a, b)) {
            return x.constant(-1, a.width());
        }
        if (a.width() == 1) {
            return compare.disjunction(a, b);
        }
        if (masks(a, b) instanceof Masks m) {
            return x.and(m.word(), x.constant(m.one() | m.other(), a.width()));
        }
        if (b instanceof Expr.Const c && a instanceof Expr.Binary p && p.op() == BinaryOp.OR) {
            if (p.right() instanceof Expr.Const d) {
                return x.or(p.left(), x.constant(c.value() | d.value(), a.width()));
            }
        }
        return x.rawBinary(BinaryOp.OR, a, b);
    }

    private Expr xor(Expr a, Expr b) {
        if (a == b) {
            return x.constant(0, a.width());
        }
        if (b.isConst(0)) {
            return a;
        }
        if (b.isConst(-1)) {
            return x.not(a);
        }
        if (a instanceof Expr.Binary p && p.op() == BinaryOp.XOR && (p.left() == b || p.right() == b)) {
            return p.left() == b ? p.right() : p.left();
        }
        if (b instanceof Expr.Binary p && p.op() == BinaryOp.XOR && (p.left() == a || p.right() == a)) {
            return p.left() == a ? p.right() : p.left();
        }
        return x.rawBinary(BinaryOp.XOR, a, b);
    }

    private static boolean complements(Expr a, Expr b) {
        return a instanceof Expr.Unary u && u.op() == UnaryOp.NOT && u.operand() == b
                || b instanceof Expr.Unary v && v.op() == UnaryOp.NOT && v.operand() == a;
    }

    private Expr shift(BinaryOp op, Expr a, Expr b) {
        if (!(b instanceof Expr.Const c)) {
            return x.rawBinary(op, a, b);
        }
        int w = a.width();
        if (c.value() == 0) {
            return a;
        }
        if (Long.compareUnsigned(c.value(), w) >= 0) {
            return op == BinaryOp.ASHR ? x.signExtend(x.extract(a, w - 1, 1), w) : x.constant(0, w);
        }
        int n = (int) c.value();
        return switch (op) {
            case SHL -> x.concat(x.extract(a, 0, w - n), x.constant(0, n));
            case LSHR -> x.zeroExtend(x.extract(a, n, w - n), w);
            default -> x.signExtend(x.extract(a, n, w - n), w);
        };
    }
}
