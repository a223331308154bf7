// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import org.jspecify.annotations.Nullable;

/** Simplifications of comparisons, and of conjunctions and disjunctions of one-bit conditions. */
final class CompareRules {
    private final Exprs x;

    CompareRules(Exprs exprs) {
        this.x = exprs;
    }

    Expr simplify(BinaryOp op, Expr a, Expr b) {
        if (a == b) {
            return op == BinaryOp.EQ || op == BinaryOp.ULE || op == BinaryOp.SLE ? x.yes() : x.no();
        }
        return switch (op) {
            case EQ -> equal(a, b);
            case ULT ->
                b.isConst(0) || a.isConst(-1)
                        ? x.no()
                        : b.isConst(1) ? x.isZero(a) : a.isConst(0) ? x.not(x.isZero(b)) : range(op, a, b);
            case ULE ->
                a.isConst(0) || b.isConst(-1)
                        ? x.yes()
                        : b.isConst(0) ? x.isZero(a) : x.not(x.binary(BinaryOp.ULT, b, a));
            case SLT -> b.isConst(0) ? x.extract(a, a.width() - 1, 1) : x.rawBinary(op, a, b);
            case SLE -> x.not(x.binary(BinaryOp.SLT, b, a));
            default -> x.rawBinary(op, a, b);
        };
    }

    private Expr range(BinaryOp op, Expr a, Expr b) {
        var ka = x.known(a);
        var kb = x.known(b);
        long m = Bits.mask(a.width());
        if (Long.compareUnsigned(~ka.zeros() & m, kb.ones()) < 0) {
            return x.yes();
        }
        if (Long.compareUnsigned(ka.ones(), ~kb.zeros() & m) >= 0) {
            return x.no();
        }
        return x.rawBinary(op, a, b);
    }

    private Expr equal(Expr a, Expr b) {
        if (a.width() == 1) {
            return b instanceof Expr.Const c ? (c.value() == 1 ? a : x.not(a)) : x.not(x.xor(a, b));
        }
        var ka = x.known(a);
        var kb = x.known(b);
        if ((ka.zeros() & kb.ones()) != 0 || (ka.ones() & kb.zeros()) != 0) {
            return x.no();
        }
        Expr shaped = equalShapes(a, b);
        return shaped != null ? shaped : x.rawBinary(BinaryOp.EQ, a, b);
    }

    private @Nullable Expr equalShapes(Expr a, Expr b) {
        if (a instanceof Expr.Binary p && p.op() == BinaryOp.ADD) {
            if (p.right() instanceof Expr.Const c && b instanceof Expr.Const d) {
                return x.eq(p.left(), x.constant(d.value() - c.value(), a.width()));
            }
            if (b.isConst(0) && p.right() instanceof Expr.Unary n && n.op() == UnaryOp.NEG) {
                return x.eq(p.left(), n.operand());
            }
            if (b.isConst(0) && p.left() instanceof Expr.Unary n && n.op() == UnaryOp.NEG) {
                return x.eq(p.right(), n.operand());
            }
        }
        if (a instanceof Expr.Concat k) {
            int w = k.low().width();
            if (b instanceof Expr.Const c) {
                return x.and(
                        x.eq(k.high(), x.constant(c.value() >>> w, k.high().width())),
                        x.eq(k.low(), x.constant(c.value(), w)));
            }
        }
        // A store of some bytes of a word leaves the others as they are: what is asked is asked of these bytes.
        if (a instanceof Expr.Concat k && keepsAbove(b, k)) {
            return x.eq(x.extract(b, 0, k.low().width()), k.low());
        }
        if (b instanceof Expr.Concat k && keepsAbove(a, k)) {
            return x.eq(x.extract(a, 0, k.low().width()), k.low());
        }
        if (a instanceof Expr.SignExtend s && b instanceof Expr.Const c) {
            int w = s.operand().width();
            return Bits.signExtend(c.value(), w) == Bits.signExtend(c.value(), a.width())
                    ? x.eq(s.operand(), x.constant(c.value(), w))
                    : x.no();
        }
        if (a instanceof Expr.Ite i && b instanceof Expr.Const) {
            if (i.whenTrue() instanceof Expr.Const || i.whenFalse() instanceof Expr.Const) {
                return x.ite(i.condition(), x.eq(i.whenTrue(), b), x.eq(i.whenFalse(), b));
            }
        }
        if (a instanceof Expr.Unary u && u.op() == UnaryOp.NOT && b instanceof Expr.Const c) {
            return x.eq(u.operand(), x.constant(~c.value(), a.width()));
        }
        return maskEqual(a, b);
    }

    private boolean keepsAbove(Expr word, Expr.Concat k) {
        return !(word instanceof Expr.Const)
                && x.extract(word, k.low().width(), k.high().width()) == k.high();
    }

    /** A one-bit test is asked as "is the bit zero", whichever way the compiler put it. */
    private @Nullable Expr maskEqual(Expr a, Expr b) {
        if (a instanceof Expr.Binary p
                && p.op() == BinaryOp.AND
                && p.right() instanceof Expr.Const m
                && b instanceof Expr.Const c) {
            if (Long.bitCount(m.value()) == 1) {
                Expr bit = x.extract(p.left(), Long.numberOfTrailingZeros(m.value()), 1);
                return c.value() == 0 ? x.not(bit) : c.value() == m.value() ? bit : x.no();
            }
        }
        return null;
    }

    Expr conjunction(Expr a, Expr b) {
        if (impliesNot(a, b)) {
            return x.no();
        }
        Expr p = strip(a);
        Expr q = strip(b);
        if (p != a && q != b && orderedPair(p, q) instanceof Expr joined) {
            return x.not(joined);
        }
        return x.rawBinary(BinaryOp.AND, a, b);
    }

    Expr disjunction(Expr a, Expr b) {
        Expr joined = orderedPair(a, b);
        return joined != null ? joined : x.rawBinary(BinaryOp.OR, a, b);
    }

    /** {@code u < v || u == v} is {@code !(v < u)}. */
    private @Nullable Expr orderedPair(Expr a, Expr b) {
        if (a instanceof Expr.Binary p && b instanceof Expr.Binary q) {
            Expr.Binary less = p.op() == BinaryOp.EQ ? q : p;
            Expr.Binary same = p.op() == BinaryOp.EQ ? p : q;
            if (same.op() == BinaryOp.EQ
                    && (less.op() == BinaryOp.ULT || less.op() == BinaryOp.SLT)
                    && (less.left() == same.left() && less.right() == same.right()
                            || less.left() == same.right() && less.right() == same.left())) {
                return x.not(x.binary(less.op(), less.right(), less.left()));
            }
        }
        return null;
    }

    private static Expr strip(Expr e) {
        return e instanceof Expr.Unary u && u.op() == UnaryOp.NOT ? u.operand() : e;
    }

    private static boolean impliesNot(Expr a, Expr b) {
        return a instanceof Expr.Binary p
                && b instanceof Expr.Binary q
                && p.op() == BinaryOp.EQ
                && q.op() == BinaryOp.EQ
                && p.left() == q.left()
                && p.right() instanceof Expr.Const
                && q.right() instanceof Expr.Const
                && p.right() != q.right();
    }
}
