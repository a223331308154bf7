// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

/** Simplifications of extracts, concatenations, extensions, negations and choices. */
final class ShapeRules {
    private final Exprs x;

    ShapeRules(Exprs exprs) {
        this.x = exprs;
    }

    Expr unary(UnaryOp op, Expr a) {
        if ((op == UnaryOp.NOT || op == UnaryOp.NEG || op == UnaryOp.REVERSE_BITS)
                && a instanceof Expr.Unary u
                && u.op() == op) {
            return u.operand();
        }
        if (op == UnaryOp.NEG && a.width() == 1) {
            return a;
        }
        if (op == UnaryOp.NEG && a instanceof Expr.Binary b && b.op() == BinaryOp.ADD) {
            return x.add(x.unary(UnaryOp.NEG, b.left()), x.unary(UnaryOp.NEG, b.right()));
        }
        if (op == UnaryOp.NOT && a instanceof Expr.Ite i) {
            if (i.whenTrue() instanceof Expr.Const || i.whenFalse() instanceof Expr.Const) {
                return x.ite(i.condition(), x.not(i.whenTrue()), x.not(i.whenFalse()));
            }
        }
        return x.rawUnary(op, a);
    }

    Expr extract(Expr a, int low, int width) {
        if (width == a.width()) {
            return a;
        }
        var known = x.known(a);
        long m = Bits.mask(width);
        long ones = known.ones() >>> low & m;
        if ((ones | known.zeros() >>> low & m) == m) {
            return x.constant(ones, width);
        }
        return switch (a) {
            case Expr.Const c -> x.constant(c.value() >>> low, width);
            case Expr.Extract e -> x.extract(e.operand(), e.low() + low, width);
            case Expr.Concat c -> extractConcat(c, low, width);
            case Expr.SignExtend s -> extractSignExtend(s, low, width);
            case Expr.Ite i ->
                x.ite(i.condition(), x.extract(i.whenTrue(), low, width), x.extract(i.whenFalse(), low, width));
            case Expr.Unary u when u.op() == UnaryOp.NOT -> x.not(x.extract(u.operand(), low, width));
            case Expr.Unary u
            when u.op() == UnaryOp.NEG && low == 0 -> x.unary(UnaryOp.NEG, x.extract(u.operand(), 0, width));
            case Expr.Binary b -> extractBinary(b, low, width);
            case Expr.Sym s -> x.rawExtract(a, low, width);
            case Expr.Reg r -> x.rawExtract(a, low, width);
            case Expr.Apply f -> x.rawExtract(a, low, width);
            case Expr.Unary u -> x.rawExtract(a, low, width);
        };
    }

    private Expr extractConcat(Expr.Concat c, int low, int width) {
        int w = c.low().width();
        if (low >= w) {
            return x.extract(c.high(), low - w, width);
        }
        if (low + width <= w) {
            return x.extract(c.low(), low, width);
        }
        return x.concat(x.extract(c.high(), 0, low + width - w), x.extract(c.low(), low, w - low));
    }

    private Expr extractSignExtend(Expr.SignExtend s, int low, int width) {
        int w = s.operand().width();
        if (low + width <= w) {
            return x.extract(s.operand(), low, width);
        }
        if (low >= w) {
            return x.signExtend(x.extract(s.operand(), w - 1, 1), width);
        }
        return x.signExtend(x.extract(s.operand(), low, w - low), width);
    }

    private Expr extractBinary(Expr.Binary b, int low, int width) {
        return switch (b.op()) {
            case AND, OR, XOR -> x.binary(b.op(), x.extract(b.left(), low, width), x.extract(b.right(), low, width));
            case ADD, SUB, MUL ->
                low == 0
                        ? x.binary(b.op(), x.extract(b.left(), 0, width), x.extract(b.right(), 0, width))
                        : x.rawExtract(b, low, width);
            default -> x.rawExtract(b, low, width);
        };
    }

    Expr concat(Expr high, Expr low) {
        int width = high.width() + low.width();
        if (width > 64) {
            throw new IllegalArgumentException("concatenation to " + width + " bits");
        }
        if (high instanceof Expr.Const h && low instanceof Expr.Const l) {
            return x.constant(h.value() << low.width() | l.value(), width);
        }
        if (high instanceof Expr.Extract h
                && low instanceof Expr.Extract l
                && h.operand() == l.operand()
                && h.low() == l.low() + l.width()) {
            return x.extract(h.operand(), l.low(), width);
        }
        if (low instanceof Expr.Concat k && joinable(high, k.high())) {
            return x.concat(x.concat(high, k.high()), k.low());
        }
        if (high instanceof Expr.Const h && h.value() == 0 && low instanceof Expr.Ite i && constArms(i)) {
            return x.ite(i.condition(), x.zeroExtend(i.whenTrue(), width), x.zeroExtend(i.whenFalse(), width));
        }
        if (low instanceof Expr.Const && high instanceof Expr.Ite i && constArms(i)) {
            return x.ite(i.condition(), x.concat(i.whenTrue(), low), x.concat(i.whenFalse(), low));
        }
        if (high instanceof Expr.Ite h && low instanceof Expr.Ite l && h.condition() == l.condition()) {
            if (constArms(h) && constArms(l)) {
                return x.ite(
                        h.condition(), x.concat(h.whenTrue(), l.whenTrue()), x.concat(h.whenFalse(), l.whenFalse()));
            }
        }
        // Bits at their own place among zeros are what a mask leaves of the word.
        if (high.isConst(0)
                && low instanceof Expr.Concat k
                && k.low().isConst(0)
                && k.high() instanceof Expr.Extract e
                && e.low() == k.low().width()
                && e.operand().width() == width
                && (e.operand() instanceof Expr.Sym || e.operand() instanceof Expr.Apply)) {
            return x.and(e.operand(), x.constant(Bits.mask(e.width()) << e.low(), width));
        }
        return x.rawConcat(high, low);
    }

    private static boolean constArms(Expr.Ite i) {
        return i.whenTrue() instanceof Expr.Const && i.whenFalse() instanceof Expr.Const;
    }

    private static boolean joinable(Expr high, Expr low) {
        if (high instanceof Expr.Const && low instanceof Expr.Const) {
            return true;
        }
        return high instanceof Expr.Extract h
                && low instanceof Expr.Extract l
                && h.operand() == l.operand()
                && h.low() == l.low() + l.width();
    }

    Expr signExtend(Expr a, int width) {
        if (a.width() == width) {
            return a;
        }
        if (a instanceof Expr.Const c) {
            return x.constant(Bits.signExtend(c.value(), c.width()), width);
        }
        long sign = 1L << (a.width() - 1);
        if ((x.known(a).zeros() & sign) != 0) {
            return x.zeroExtend(a, width);
        }
        if (a instanceof Expr.SignExtend s) {
            return x.signExtend(s.operand(), width);
        }
        if (a instanceof Expr.Ite i && constArms(i)) {
            return x.ite(i.condition(), x.signExtend(i.whenTrue(), width), x.signExtend(i.whenFalse(), width));
        }
        return x.rawSignExtend(a, width);
    }

    Expr ite(Expr c, Expr a, Expr b) {
        if (c instanceof Expr.Const k) {
            return k.value() == 1 ? a : b;
        }
        if (a == b) {
            return a;
        }
        if (c instanceof Expr.Unary u && u.op() == UnaryOp.NOT) {
            return x.ite(u.operand(), b, a);
        }
        if (a instanceof Expr.Ite i && i.condition() == c) {
            return x.ite(c, i.whenTrue(), b);
        }
        if (b instanceof Expr.Ite i && i.condition() == c) {
            return x.ite(c, a, i.whenFalse());
        }
        if (a.width() == 1) {
            return oneBit(c, a, b);
        }
        // A flag that is copied bit by bit is what a mask leaves of the word.
        if (b.isConst(0)
                && a instanceof Expr.Const k
                && c instanceof Expr.Extract e
                && e.width() == 1
                && e.operand().width() == a.width()
                && k.value() == 1L << e.low()) {
            return x.and(e.operand(), k);
        }
        return x.rawIte(c, a, b);
    }

    private Expr oneBit(Expr c, Expr a, Expr b) {
        if (a instanceof Expr.Const k) {
            return k.value() == 1 ? x.or(c, b) : x.and(x.not(c), b);
        }
        if (b instanceof Expr.Const k) {
            return k.value() == 1 ? x.or(x.not(c), a) : x.and(c, a);
        }
        return x.rawIte(c, a, b);
    }
}
