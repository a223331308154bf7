// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** Says what expressions are worth, with C's operators, and parentheses wherever an operand has one. */
final class Values {
    private static final Set<BinaryOp> LOGIC = Set.of(BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR);

    /** Operations within operations beyond which nobody reads on. */
    private static final int DEEPEST = 120;

    private final Cells cells;
    private final Flags flags;
    private final Statements statements;
    private int depth;

    Values(Members members, Flags flags, Exprs x) {
        this.cells = new Cells(members, this, x);
        this.flags = flags;
        this.statements = new Statements(this, cells, flags, x);
    }

    Statements statements() {
        return statements;
    }

    Cells cells() {
        return cells;
    }

    /** An expression as a value. */
    String value(Expr e) {
        return within(() -> said(e));
    }

    /** What is said of something; what is too deep to be read is left out, and the recursion ends there. */
    String within(Supplier<String> part) {
        if (depth >= DEEPEST) {
            return "…";
        }
        depth++;
        try {
            return part.get();
        } finally {
            depth--;
        }
    }

    private String said(Expr e) {
        return switch (e) {
            case Expr.Const c -> Names.number(c);
            case Expr.Sym s -> Names.symbol(s.name());
            case Expr.Reg r -> r.name();
            case Expr.Apply f -> f.function().startsWith("memory") ? cells.cell(f, 0) : f.function();
            case Expr.Unary u
            when u.op() == UnaryOp.NOT && u.width() == 1 -> "(" + statements.statement(u.operand(), false) + ")";
            case Expr.Unary u ->
                switch (u.op()) {
                    case NOT -> "~" + operand(u.operand());
                    case NEG -> "-" + operand(u.operand());
                    default -> u.op().name().toLowerCase(Locale.ROOT) + "(" + value(u.operand()) + ")";
                };
            case Expr.Binary b -> binary(b);
            case Expr.Extract x -> x.low() == 0 && x.width() % 8 == 0 ? lowest(x) : part(x);
            case Expr.Concat k -> concat(k);
            case Expr.SignExtend s -> "(s" + s.operand().width() + ")" + operand(masked(s.operand()));
            case Expr.Ite i -> choice(i, this::value);
        };
    }

    private String choice(Expr.Ite i, Function<Expr, String> arm) {
        return "(" + statements.statement(i.condition(), true) + " ? " + arm.apply(i.whenTrue()) + " : "
                + arm.apply(i.whenFalse()) + ")";
    }

    /** A value that binds as a name does. */
    String operand(Expr e) {
        return isJoined(e) || isBits(e) ? "(" + value(e) + ")" : value(e);
    }

    /** What is passed, returned or stored as it is. */
    String whole(Expr e) {
        return switch (e) {
            case Expr.Const c -> Names.whole(c);
            case Expr.Ite i when isNumber(i.whenTrue()) || isNumber(i.whenFalse()) -> choice(i, this::whole);
            default -> value(e);
        };
    }

    private static boolean isNumber(Expr e) {
        return e instanceof Expr.Const c && !Names.whole(c).equals(Names.number(c));
    }

    /** A value beside an operator that compares. */
    String side(Expr e) {
        return e instanceof Expr.Const c ? Names.whole(c) : isJoined(e) ? "(" + value(e) + ")" : value(e);
    }

    /** Whether the text of {@code e} has an operator that is not within parentheses. */
    private boolean isJoined(Expr e) {
        return switch (e) {
            case Expr.Binary b -> b.width() > 1 && !(b.op() == BinaryOp.OR && sameCell(b.left(), b.right()) != null);
            case Expr.Concat k -> isPadded(k) && isJoined(k.low());
            default -> false;
        };
    }

    /** The lowest bytes of something: a result or parameter as it is, since its type says so; else with a cast. */
    private String lowest(Expr.Extract x) {
        Expr of = x.operand();
        if (of instanceof Expr.Apply f && f.function().startsWith("memory@")) {
            boolean whole = cells.pieces(of).stream().findFirst().stream().anyMatch(p -> p.of().width() == x.width());
            return (whole ? "" : "(u" + x.width() + ")") + cells.cell(f, 0);
        }
        return of instanceof Expr.Sym || of instanceof Expr.Reg ? value(of) : "(u" + x.width() + ")" + operand(of);
    }

    /** Whether something is told as bits of something. */
    private static boolean isBits(Expr e) {
        return e instanceof Expr.Extract x && isBits(x) || e instanceof Expr.Concat k && isPadded(k) && isBits(k.low());
    }

    private static boolean isBits(Expr.Extract x) {
        boolean bytes = x.low() == 0 && x.width() % 8 == 0;
        return !bytes && !isCell(x);
    }

    private static boolean isCell(Expr.Extract x) {
        return x.operand() instanceof Expr.Apply f
                && f.function().startsWith("memory@")
                && x.low() % 8 == 0
                && x.width() % 8 == 0;
    }

    private String part(Expr.Extract x) {
        if (isCell(x)) {
            return cells.cell((Expr.Apply) x.operand(), x.low() / 8);
        }
        Cells.Part p = cells.part(x.operand(), Bits.mask(x.width()) << x.low());
        int low = Long.numberOfTrailingZeros(p.mask());
        return bitsOf(p.of(), low, low + x.width() - 1);
    }

    private String bitsOf(Expr of, int low, int high) {
        return (low == high ? "bit " + low : "bits " + high + ":" + low) + " of " + operand(of);
    }

    private static boolean isPadded(Expr.Concat k) {
        return k.high() instanceof Expr.Const c && c.value() == 0
                || k.high() instanceof Expr.Sym s && s.name().startsWith("undefined:");
    }

    private String concat(Expr.Concat k) {
        if (isPadded(k)) {
            return value(k.low());
        }
        if (k.high().width() == 1 && k.low() instanceof Expr.Const low) {
            long set = low.value() | 1L << low.width();
            return "(" + statements.statement(k.high(), true) + " ? " + set + " : " + low.value() + ")";
        }
        return "(" + value(k.high()) + " : " + value(k.low()) + ")";
    }

    private String binary(Expr.Binary b) {
        if (b.op() == BinaryOp.OR && sameCell(b.left(), b.right()) instanceof String cell) {
            return cell;
        }
        // What is no statement has operands that are.
        if (b.width() == 1 && (b.op().comparison() || LOGIC.contains(b.op()))) {
            return "(" + statements.statement(b, true) + ")";
        }
        if (b.right() instanceof Expr.Const c) {
            if (b.op() == BinaryOp.AND) {
                String field = field(b);
                return field == null ? masked(b.left(), c) : field;
            }
            long signed = Bits.signExtend(c.value(), c.width());
            if (b.op() == BinaryOp.ADD && signed < 0 && signed > -4096) {
                return chained(b.op(), b.left()) + " - " + -signed;
            }
        }
        return switch (b.op()) {
            case ADD -> sum(b);
            case SUB -> operand(b.left()) + " - " + operand(b.right());
            case MUL -> infix(b, "*");
            case AND -> infix(b, "&");
            case OR -> infix(b, "|");
            case XOR -> infix(b, "^");
            case SHL -> infix(b, "<<");
            case LSHR -> infix(b, ">>");
            case ASHR -> "(s" + b.width() + ")" + infix(b, ">>");
            default -> b.op().name().toLowerCase(Locale.ROOT) + "(" + value(b.left()) + ", " + value(b.right()) + ")";
        };
    }

    /** What the lowest bits are taken of, of as many as a mask or cast beside it says. */
    Expr masked(Expr e) {
        return e instanceof Expr.Extract x && x.low() == 0 ? x.operand() : e;
    }

    /** Several bits of a word that have no names of their own, where {@code e} is what they are as a number. */
    @Nullable
    String field(Expr e) {
        if (e instanceof Expr.Binary b
                && b.op() == BinaryOp.AND
                && b.right() instanceof Expr.Const mask
                && masked(b.left()) instanceof Expr.Extract x
                && isBits(x)) {
            int ones = Long.numberOfTrailingZeros(~mask.value());
            boolean lowest = ones > 1 && ones < x.width() && mask.value() == Bits.mask(ones);
            return lowest && !flags.named(value(x.operand())) ? bitsOf(x.operand(), x.low(), x.low() + ones - 1) : null;
        }
        return null;
    }

    private String masked(Expr read, Expr.Const mask) {
        Expr of = masked(read);
        String bits = flags.bits(value(of), mask.value());
        String named = bits.startsWith("bit ") ? "0x" + Long.toHexString(mask.value()) : bits;
        return operand(of) + " & " + (named.contains(" | ") ? "(" + named + ")" : named);
    }

    /** A difference is a sum with what is negated. */
    private String sum(Expr.Binary b) {
        if (b.right() instanceof Expr.Unary n && n.op() == UnaryOp.NEG) {
            return chained(b.op(), b.left()) + " - " + operand(n.operand());
        }
        if (b.left() instanceof Expr.Unary n && n.op() == UnaryOp.NEG) {
            return chained(b.op(), b.right()) + " - " + operand(n.operand());
        }
        return infix(b, "+");
    }

    private String infix(Expr.Binary b, String op) {
        return chained(b.op(), b.left()) + " " + op + " " + operand(b.right());
    }

    /** What stands on the left of an operator, without parentheses where it is the same, which joins what it likes. */
    private String chained(BinaryOp op, Expr left) {
        boolean same = op.commutative() && left instanceof Expr.Binary b && b.op() == op && b.width() > 1;
        return same ? value(left) : operand(left);
    }

    /** A cell some bits of which never change reads as the cell it is now. */
    private @Nullable String sameCell(Expr a, Expr b) {
        if (a instanceof Expr.Binary p
                && b instanceof Expr.Binary q
                && p.op() == BinaryOp.AND
                && q.op() == BinaryOp.AND
                && p.left() instanceof Expr.Apply f
                && q.left() instanceof Expr.Apply g
                && f.arguments().equals(g.arguments())) {
            return f.function().equals("memory@entry") ? value(g) : value(f);
        }
        return null;
    }
}
