// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecSort;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.FuncDecl;
import com.microsoft.z3.Sort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.PostOrder;
import org.patchoscope.semantics.expr.UnaryOp;

/** Our expressions as Z3's, each translated once. */
final class Z3Terms {
    private final Context z3;
    private final Map<Expr, BitVecExpr> bits = new HashMap<>();
    private final Map<Expr, BoolExpr> conditions = new HashMap<>();
    private final Set<Expr> translated = new HashSet<>();

    Z3Terms(Context z3) {
        this.z3 = z3;
    }

    /** A one-bit expression as a truth value. */
    BoolExpr condition(Expr e) {
        translate(e);
        BoolExpr done = conditions.get(e);
        if (done == null) {
            done = makeCondition(e);
            conditions.put(e, done);
        }
        return done;
    }

    private BoolExpr makeCondition(Expr e) {
        if (e instanceof Expr.Unary u && u.op() == UnaryOp.NOT) {
            return z3.mkNot(condition(u.operand()));
        }
        if (e instanceof Expr.Binary b && b.op().comparison()) {
            return comparison(b.op(), bits(b.left()), bits(b.right()));
        }
        if (e instanceof Expr.Binary b && b.op() == BinaryOp.AND) {
            return z3.mkAnd(condition(b.left()), condition(b.right()));
        }
        if (e instanceof Expr.Binary b && b.op() == BinaryOp.OR) {
            return z3.mkOr(condition(b.left()), condition(b.right()));
        }
        return z3.mkEq(bits(e), z3.mkBV(1, 1));
    }

    private BoolExpr comparison(BinaryOp op, BitVecExpr a, BitVecExpr b) {
        return switch (op) {
            case EQ -> z3.mkEq(a, b);
            case ULT -> z3.mkBVULT(a, b);
            case ULE -> z3.mkBVULE(a, b);
            case SLT -> z3.mkBVSLT(a, b);
            default -> z3.mkBVSLE(a, b);
        };
    }

    /** An expression as a bit-vector of its width. */
    BitVecExpr bits(Expr e) {
        translate(e);
        BitVecExpr done = bits.get(e);
        if (done == null) {
            done = make(e);
            bits.put(e, done);
        }
        return done;
    }

    /** All that {@code e} is made of, before itself, so that no translation is as deep as an expression. */
    private void translate(Expr e) {
        PostOrder.over(e, translated::contains, n -> {
            translated.add(n);
            if (n != e) {
                bits(n);
                if (n.width() == 1) {
                    condition(n);
                }
            }
        });
    }

    private BitVecExpr make(Expr e) {
        return switch (e) {
            case Expr.Const c -> z3.mkBV(c.value(), c.width());
            case Expr.Sym s -> z3.mkBVConst("s:" + s.name(), s.width());
            case Expr.Reg r -> z3.mkBVConst("r:" + r.name(), r.width());
            case Expr.Apply f -> application(f);
            case Expr.Unary u -> unary(u);
            case Expr.Binary b -> binary(b);
            case Expr.Extract x -> z3.mkExtract(x.low() + x.width() - 1, x.low(), bits(x.operand()));
            case Expr.Concat k -> z3.mkConcat(bits(k.high()), bits(k.low()));
            case Expr.SignExtend s -> z3.mkSignExt(s.width() - s.operand().width(), bits(s.operand()));
            case Expr.Ite i -> (BitVecExpr) z3.mkITE(condition(i.condition()), bits(i.whenTrue()), bits(i.whenFalse()));
        };
    }

    private BitVecExpr application(Expr.Apply f) {
        Sort[] domain = f.arguments().stream()
                .map(a -> (Sort) z3.mkBitVecSort(a.width()))
                .toArray(Sort[]::new);
        FuncDecl<BitVecSort> declared = z3.mkFuncDecl("f:" + f.function(), domain, z3.mkBitVecSort(f.width()));
        return (BitVecExpr)
                z3.mkApp(declared, f.arguments().stream().map(this::bits).toArray(BitVecExpr[]::new));
    }

    private BitVecExpr unary(Expr.Unary u) {
        BitVecExpr a = bits(u.operand());
        int w = u.width();
        return switch (u.op()) {
            case NOT -> z3.mkBVNot(a);
            case NEG -> z3.mkBVNeg(a);
            case CLZ -> leadingZeros(a, w);
            case REVERSE_BITS -> reversed(a, w);
            case POPCOUNT -> popCount(a, w);
        };
    }

    private BitVecExpr leadingZeros(BitVecExpr a, int w) {
        BitVecExpr r = z3.mkBV(w, w);
        for (int i = 0; i < w; i++) {
            BoolExpr set = z3.mkEq(z3.mkExtract(i, i, a), z3.mkBV(1, 1));
            r = (BitVecExpr) z3.mkITE(set, z3.mkBV(w - 1 - i, w), r);
        }
        return r;
    }

    private BitVecExpr reversed(BitVecExpr a, int w) {
        BitVecExpr r = z3.mkExtract(0, 0, a);
        for (int i = 1; i < w; i++) {
            r = z3.mkConcat(r, z3.mkExtract(i, i, a));
        }
        return r;
    }

    private BitVecExpr popCount(BitVecExpr a, int w) {
        BitVecExpr r = z3.mkBV(0, w);
        for (int i = 0; i < w; i++) {
            BitVecExpr bit = z3.mkExtract(i, i, a);
            r = z3.mkBVAdd(r, w == 1 ? bit : z3.mkZeroExt(w - 1, bit));
        }
        return r;
    }

    private BitVecExpr binary(Expr.Binary b) {
        BitVecExpr x = bits(b.left());
        BitVecExpr y = bits(b.right());
        int w = b.left().width();
        return switch (b.op()) {
            case ADD -> z3.mkBVAdd(x, y);
            case SUB -> z3.mkBVSub(x, y);
            case MUL -> z3.mkBVMul(x, y);
            case MULHU -> z3.mkExtract(2 * w - 1, w, z3.mkBVMul(z3.mkZeroExt(w, x), z3.mkZeroExt(w, y)));
            case MULHS -> z3.mkExtract(2 * w - 1, w, z3.mkBVMul(z3.mkSignExt(w, x), z3.mkSignExt(w, y)));
            case UDIV -> z3.mkBVUDiv(x, y);
            case SDIV -> z3.mkBVSDiv(x, y);
            case UREM -> z3.mkBVURem(x, y);
            case SREM -> z3.mkBVSRem(x, y);
            case AND -> z3.mkBVAND(x, y);
            case OR -> z3.mkBVOR(x, y);
            case XOR -> z3.mkBVXOR(x, y);
            case SHL -> z3.mkBVSHL(x, y);
            case LSHR -> z3.mkBVLSHR(x, y);
            case ASHR -> z3.mkBVASHR(x, y);
            case EQ, ULT, ULE, SLT, SLE -> (BitVecExpr) z3.mkITE(condition(b), z3.mkBV(1, 1), z3.mkBV(0, 1));
        };
    }
}
