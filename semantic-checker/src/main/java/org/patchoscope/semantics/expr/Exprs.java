// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.expr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions, simplified and hash-consed. One factory serves one comparison and is used by one
 * thread: sharing it would make node numbers, and with them every report, depend on timing.
 */
public final class Exprs {
    private final Map<Key, Expr> interned = new HashMap<>();

    /** What rules have made: parts that expressions share are simplified once, however many ways lead to them. */
    private final Map<Key, Expr> simplified = new HashMap<>();

    private final KnownBits knownBits = new KnownBits();
    private final BinaryRules binaryRules = new BinaryRules(this);
    private final ShapeRules shapeRules = new ShapeRules(this);
    private int next;

    /** The constant {@code value} modulo {@code width} bits. */
    public Expr constant(long value, int width) {
        long v = value & Bits.mask(width);
        return intern(new Key(Expr.Const.class, null, null, null, width, v), id -> new Expr.Const(id, width, v));
    }

    /** A named unknown. The same name must always come with the same width. */
    public Expr sym(String name, int width) {
        return intern(new Key(Expr.Sym.class, name, null, null, width, 0), id -> new Expr.Sym(id, width, name));
    }

    /** A register or temporary, for lifted code. */
    public Expr reg(String name, int width) {
        return intern(new Key(Expr.Reg.class, name, null, null, width, 0), id -> new Expr.Reg(id, width, name));
    }

    /** An uninterpreted function of its arguments. */
    public Expr apply(String function, int width, List<Expr> arguments) {
        List<Expr> all = List.copyOf(arguments);
        Key key = new Key(Expr.Apply.class, function, all, null, width, 0);
        return intern(key, id -> new Expr.Apply(id, width, function, all));
    }

    /** The one-bit constant one. */
    public Expr yes() {
        return constant(1, 1);
    }

    /** The one-bit constant zero. */
    public Expr no() {
        return constant(0, 1);
    }

    /** {@code op} on one operand. */
    public Expr unary(UnaryOp op, Expr a) {
        if (a instanceof Expr.Const c) {
            return constant(Bits.apply(op, c.width(), c.value()), c.width());
        }
        return once(new Key(op, a, null, null, a.width(), 0), a, () -> shapeRules.unary(op, a));
    }

    /**
     * {@code op} on two operands of the same width.
     *
     * @throws IllegalArgumentException if the widths differ: a defect in a lifter
     */
    public Expr binary(BinaryOp op, Expr a, Expr b) {
        if (a.width() != b.width()) {
            throw new IllegalArgumentException(op + " on widths " + a.width() + " and " + b.width());
        }
        if (a instanceof Expr.Const x && b instanceof Expr.Const y) {
            int width = op.comparison() ? 1 : a.width();
            return constant(Bits.apply(op, a.width(), x.value(), y.value()), width);
        }
        if (op.commutative() && (a instanceof Expr.Const || (!(b instanceof Expr.Const) && a.id() > b.id()))) {
            return simplify(op, b, a);
        }
        return simplify(op, a, b);
    }

    private Expr simplify(BinaryOp op, Expr a, Expr b) {
        return once(new Key(op, a, b, null, a.width(), 0), composite(a) ? a : b, () -> binaryRules.simplify(op, a, b));
    }

    private Expr once(Key key, Expr operand, Supplier<Expr> rules) {
        if (!composite(operand)) {
            return rules.get();
        }
        Expr known = simplified.get(key);
        if (known == null) {
            known = rules.get();
            simplified.put(key, known);
        }
        return known;
    }

    private static boolean composite(Expr e) {
        return switch (e) {
            case Expr.Const c -> false;
            case Expr.Sym s -> false;
            case Expr.Reg r -> false;
            case Expr.Apply f -> false;
            default -> true;
        };
    }

    /** {@code width} bits of {@code a} from bit {@code low} on. */
    public Expr extract(Expr a, int low, int width) {
        if (low < 0 || width < 1 || low + width > a.width()) {
            throw new IllegalArgumentException("extract " + low + "+" + width + " of " + a.width() + " bits");
        }
        return once(new Key(Expr.Extract.class, a, null, null, width, low), a, () -> shapeRules.extract(a, low, width));
    }

    /** {@code high} above {@code low}; together at most 64 bits. */
    public Expr concat(Expr high, Expr low) {
        return shapeRules.concat(high, low);
    }

    /** {@code a} with zeros above, to {@code width} bits. */
    public Expr zeroExtend(Expr a, int width) {
        return a.width() == width ? a : concat(constant(0, width - a.width()), a);
    }

    /** {@code a} with copies of its sign above, to {@code width} bits. */
    public Expr signExtend(Expr a, int width) {
        return shapeRules.signExtend(a, width);
    }

    /** The low bits of {@code a}, or {@code a} with zeros above: whatever makes it {@code width} wide. */
    public Expr resize(Expr a, int width) {
        return a.width() >= width ? extract(a, 0, width) : zeroExtend(a, width);
    }

    /** {@code condition ? a : b}. */
    public Expr ite(Expr condition, Expr a, Expr b) {
        return shapeRules.ite(condition, a, b);
    }

    public Expr add(Expr a, Expr b) {
        return binary(BinaryOp.ADD, a, b);
    }

    /** {@code a} plus a constant. */
    public Expr add(Expr a, long b) {
        return binary(BinaryOp.ADD, a, constant(b, a.width()));
    }

    public Expr sub(Expr a, Expr b) {
        return binary(BinaryOp.SUB, a, b);
    }

    public Expr and(Expr a, Expr b) {
        return binary(BinaryOp.AND, a, b);
    }

    public Expr or(Expr a, Expr b) {
        return binary(BinaryOp.OR, a, b);
    }

    public Expr xor(Expr a, Expr b) {
        return binary(BinaryOp.XOR, a, b);
    }

    public Expr not(Expr a) {
        return unary(UnaryOp.NOT, a);
    }

    public Expr eq(Expr a, Expr b) {
        return binary(BinaryOp.EQ, a, b);
    }

    /** Whether every bit of {@code a} is zero. */
    public Expr isZero(Expr a) {
        return eq(a, constant(0, a.width()));
    }

    /** The bits of {@code a} that are the same for all inputs. */
    public KnownBits.Known known(Expr a) {
        return knownBits.of(a);
    }

    Expr rawUnary(UnaryOp op, Expr a) {
        return intern(new Key(op, a, null, null, a.width(), 0), id -> new Expr.Unary(id, a.width(), op, a));
    }

    Expr rawBinary(BinaryOp op, Expr a, Expr b) {
        int width = op.comparison() ? 1 : a.width();
        return intern(new Key(op, a, b, null, width, 0), id -> new Expr.Binary(id, width, op, a, b));
    }

    Expr rawExtract(Expr a, int low, int width) {
        return intern(
                new Key(Expr.Extract.class, a, null, null, width, low), id -> new Expr.Extract(id, width, low, a));
    }

    Expr rawConcat(Expr high, Expr low) {
        int width = high.width() + low.width();
        return intern(
                new Key(Expr.Concat.class, high, low, null, width, 0), id -> new Expr.Concat(id, width, high, low));
    }

    Expr rawSignExtend(Expr a, int width) {
        return intern(new Key(Expr.SignExtend.class, a, null, null, width, 0), id -> new Expr.SignExtend(id, width, a));
    }

    Expr rawIte(Expr c, Expr a, Expr b) {
        return intern(new Key(Expr.Ite.class, c, a, b, a.width(), 0), id -> new Expr.Ite(id, a.width(), c, a, b));
    }

    private Expr intern(Key key, IntFunction<Expr> maker) {
        Expr known = interned.get(key);
        if (known == null) {
            known = maker.apply(next++);
            interned.put(key, known);
        }
        return known;
    }

    /**
     * What makes an expression this one and no other.
     *
     * @param kind its class, or its operation
     * @param first its name or first operand, and so on; null where it has fewer
     * @param number its width, its value, or which bits it takes
     */
    private record Key(
            Object kind,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            int width,
            long number) {
        @Override
        public int hashCode() {
            int h = 31 * System.identityHashCode(kind) + Objects.hashCode(first);
            h = 31 * (31 * h + Objects.hashCode(second)) + Objects.hashCode(third);
            return 31 * (31 * h + width) + Long.hashCode(number);
        }

        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Key k
                    && kind == k.kind
                    && number == k.number
                    && width == k.width
                    && Objects.equals(first, k.first)
                    && Objects.equals(second, k.second)
                    && Objects.equals(third, k.third);
        }
    }
}
