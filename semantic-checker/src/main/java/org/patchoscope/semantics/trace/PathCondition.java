// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.expr.UnaryOp;

/**
 * The conditions a path has taken, with what they say about single bits of unknowns. Many branches are
 * decided here, by looking, before the solver is asked.
 */
public final class PathCondition {
    private record Known(long zeros, long ones) {}

    private final Exprs x;
    private final Map<Expr, Boolean> atoms;
    private final Map<Expr, Known> bits;
    private @Nullable List<Expr> exprs;

    public PathCondition(Exprs x) {
        this(x, new LinkedHashMap<>(), new HashMap<>());
    }

    private PathCondition(Exprs x, Map<Expr, Boolean> atoms, Map<Expr, Known> bits) {
        this.x = x;
        this.atoms = atoms;
        this.bits = bits;
    }

    /** What holds wherever this or {@code other} does, literal by literal. */
    public PathCondition common(PathCondition other) {
        PathCondition both = new PathCondition(x);
        atoms.forEach((a, v) -> {
            if (v.equals(other.atoms.get(a))) {
                both.add(a, v);
            }
        });
        return both;
    }

    /** How many literals there are. */
    public int size() {
        return atoms.size();
    }

    /** One that goes its own way from here. */
    public PathCondition copy() {
        return new PathCondition(x, new LinkedHashMap<>(atoms), new HashMap<>(bits));
    }

    /**
     * Where one of two conditions holds that cannot hold together.
     *
     * @param condition that one of them holds
     * @param first a condition that holds on the first, and not on the second
     */
    public record Joined(PathCondition condition, Expr first) {}

    /**
     * That this or {@code other} holds, which exclude each other; {@code always} says of what is left beside that both say
     * whether it follows from that.
     */
    public Joined or(PathCondition other, BiPredicate<PathCondition, Expr> always) {
        PathCondition both = new PathCondition(x);
        List<Expr> mine = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        Expr first = null;
        for (Map.Entry<Expr, Boolean> a : atoms.entrySet()) {
            Boolean there = other.atoms.get(a.getKey());
            if (a.getValue().equals(there)) {
                both.add(a.getKey(), a.getValue());
            } else if (there != null && first == null) {
                first = new Literal(a.getKey(), a.getValue()).expr(x);
            } else {
                mine.add(new Literal(a.getKey(), a.getValue()).expr(x));
            }
        }
        Expr deciding = first;
        other.atoms.forEach((a, v) -> {
            Expr l = new Literal(a, v).expr(x);
            if (!v.equals(atoms.get(a)) && (deciding == null || l != x.not(deciding))) {
                others.add(l);
            }
        });
        Expr one = mine.stream().reduce(x.yes(), x::and);
        Expr two = others.stream().reduce(x.yes(), x::and);
        Expr either = deciding == null ? x.or(one, two) : x.ite(deciding, one, two);
        if (!either.isConst(1) && !always.test(both, either)) {
            both.add(either, true);
        }
        return new Joined(both, deciding == null ? one : deciding);
    }

    /** The literals in the order they were added. */
    public List<Literal> literals() {
        List<Literal> all = new ArrayList<>();
        atoms.forEach((a, v) -> all.add(new Literal(a, v)));
        return List.copyOf(all);
    }

    /** The literals as conditions for a solver. */
    public List<Expr> exprs() {
        List<Expr> known = exprs;
        if (known == null) {
            List<Expr> all = new ArrayList<>(atoms.size());
            atoms.forEach((a, v) -> all.add(new Literal(a, v).expr(x)));
            known = List.copyOf(all);
            exprs = known;
        }
        return known;
    }

    /** Adds that {@code condition} is {@code holds}; conjunctions are taken apart. */
    public void add(Expr condition, boolean holds) {
        Literal l = Literal.of(condition, holds);
        if (l.atom() instanceof Expr.Const) {
            return;
        }
        if (l.atom() instanceof Expr.Binary b && b.width() == 1) {
            if (b.op() == (l.holds() ? BinaryOp.AND : BinaryOp.OR)) {
                add(b.left(), l.holds());
                add(b.right(), l.holds());
                return;
            }
        }
        atoms.put(l.atom(), l.holds());
        exprs = null;
        learn(l);
    }

    private void learn(Literal l) {
        if (l.atom() instanceof Expr.Extract e && e.width() == 1) {
            long bit = 1L << e.low();
            know(e.operand(), l.holds() ? 0 : bit, l.holds() ? bit : 0);
        } else if (l.holds() && l.atom() instanceof Expr.Binary b && b.op() == BinaryOp.EQ) {
            if (b.right() instanceof Expr.Const c) {
                if (b.left() instanceof Expr.Binary m
                        && m.op() == BinaryOp.AND
                        && m.right() instanceof Expr.Const mask) {
                    know(m.left(), mask.value() & ~c.value(), c.value());
                } else if (b.left() instanceof Expr.Extract e) {
                    long m = Bits.mask(e.width());
                    know(e.operand(), (~c.value() & m) << e.low(), c.value() << e.low());
                } else {
                    know(b.left(), ~c.value(), c.value());
                }
            }
        }
    }

    private void know(Expr e, long zeros, long ones) {
        if (e instanceof Expr.Extract inner) {
            long m = Bits.mask(inner.width());
            know(inner.operand(), (zeros & m) << inner.low(), (ones & m) << inner.low());
            return;
        }
        bits.merge(e, new Known(zeros, ones), (a, b) -> new Known(a.zeros() | b.zeros(), a.ones() | b.ones()));
    }

    /** Whether {@code condition} is settled by what is known, without a solver. */
    public Optional<Boolean> decide(Expr condition) {
        Boolean v = look(condition);
        if (v != null) {
            return Optional.of(v);
        }
        if (bits.isEmpty()) {
            return Optional.empty();
        }
        Expr e = new Substitution(x, this::withKnownBits).apply(condition);
        return e instanceof Expr.Const c ? Optional.of(c.value() == 1) : Optional.ofNullable(look(e));
    }

    private @Nullable Expr withKnownBits(Expr e) {
        Boolean atom = e.width() == 1 ? atoms.get(e) : null;
        if (atom != null) {
            return atom ? x.yes() : x.no();
        }
        Known k = bits.get(e);
        if (k == null) {
            return null;
        }
        Expr open = x.constant(~(k.zeros() | k.ones()), e.width());
        return x.or(x.and(e, open), x.constant(k.ones(), e.width()));
    }

    private @Nullable Boolean look(Expr e) {
        Boolean v = atoms.get(e);
        if (v != null) {
            return v;
        }
        if (e instanceof Expr.Const c) {
            return c.value() == 1;
        }
        if (e instanceof Expr.Unary u && u.op() == UnaryOp.NOT) {
            Boolean inner = look(u.operand());
            return inner == null ? null : !inner;
        }
        if (e instanceof Expr.Binary b && (b.op() == BinaryOp.AND || b.op() == BinaryOp.OR)) {
            boolean deciding = b.op() == BinaryOp.OR;
            Boolean l = look(b.left());
            Boolean r = look(b.right());
            if (l != null && l == deciding || r != null && r == deciding) {
                return deciding;
            }
            return l != null && r != null ? !deciding : null;
        }
        return null;
    }
}
