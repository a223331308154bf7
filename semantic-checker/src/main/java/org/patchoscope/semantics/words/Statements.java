// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;
import org.patchoscope.semantics.machine.Contents;

/** Says conditions. */
final class Statements {
    private final Values values;
    private final Cells cells;
    private final Flags flags;
    private final Exprs x;

    Statements(Values values, Cells cells, Flags flags, Exprs x) {
        this.values = values;
        this.cells = cells;
        this.flags = flags;
        this.x = x;
    }

    /** The conditions that {@code e} says hold together, or do not hold. */
    Stream<String> statements(Expr e, boolean holds) {
        List<String> all = new ArrayList<>();
        Deque<Part> open = new ArrayDeque<>(List.of(new Part(e, holds)));
        while (!open.isEmpty()) {
            Part p = open.pop();
            switch (p.of()) {
                case Expr.Unary u when u.op() == UnaryOp.NOT -> open.push(new Part(u.operand(), !p.holds()));
                case Expr.Binary b
                when b.width() == 1 && b.op() == (p.holds() ? BinaryOp.AND : BinaryOp.OR) -> {
                    open.push(new Part(b.right(), p.holds()));
                    open.push(new Part(b.left(), p.holds()));
                }
                case Expr.Binary b
                when asked(b) instanceof Asked a -> open.push(new Part(a.truth(), p.holds() == a.set()));
                default -> all.add(statement(p.of(), p.holds()));
            }
        }
        return all.stream();
    }

    private record Part(Expr of, boolean holds) {}

    /** A condition of one bit, or that it does not hold. */
    String statement(Expr e, boolean holds) {
        return values.within(() -> said(e, holds));
    }

    private String said(Expr e, boolean holds) {
        return switch (e) {
            case Expr.Unary u when u.op() == UnaryOp.NOT -> statement(u.operand(), !holds);
            case Expr.Extract x
            when x.width() == 1 && x.low() == 0 && x.operand() instanceof Expr.Sym s && s.width() <= 8 ->
                values.value(s) + (holds ? " is true" : " is false");
            case Expr.Extract x when x.width() == 1 -> bit(cells.part(x.operand(), 1L << x.low()), holds);
            case Expr.Binary b when b.op() == BinaryOp.EQ -> equality(b, holds);
            case Expr.Binary b
            when b.op() == BinaryOp.AND && b.width() == 1 -> holds ? both(b, " and ", true) : both(b, " or ", false);
            case Expr.Binary b
            when b.op() == BinaryOp.OR && b.width() == 1 -> holds ? both(b, " or ", true) : both(b, " and ", false);
            case Expr.Binary b when b.op().comparison() -> order(b, holds);
            case Expr.Binary b when b.op() == BinaryOp.XOR && b.width() == 1 -> either(b, holds);
            case Expr.Sym s
            when s.name().startsWith("static_key:") ->
                "static key " + s.name().substring(11) + (holds ? " is enabled" : " is disabled");
            case Expr.Sym s
            when s.name().startsWith(Contents.INITIAL) ->
                s.name().substring(Contents.INITIAL.length())
                        + (holds ? " has not been written since it was initialised" : " has been written");
            case Expr.Sym s
            when s.name().startsWith("cpu:") ->
                "the CPU " + (holds ? "has " : "does not have ") + s.name().substring(4);
            // What code patched at boot hangs on: the name is a statement about the machine.
            case Expr.Sym s
            when s.name().startsWith("boot:") ->
                (holds ? "" : "not: ") + s.name().substring(5);
            case Expr.Sym s when s.width() == 1 && s.name().equals("if") -> "interrupts are " + (holds ? "on" : "off");
            // How a vector is entered: its name is the statement.
            case Expr.Sym s when s.width() == 1 && s.name().startsWith("entered ") -> (holds ? "" : "not ") + s.name();
            case Expr.Sym s when s.width() == 1 -> values.value(s) + (holds ? " is true" : " is false");
            default -> values.operand(e) + (holds ? " is 1" : " is 0");
        };
    }

    private String bit(Cells.Part p, boolean holds) {
        int at = Long.numberOfTrailingZeros(p.mask());
        boolean sign = (at == 31 || at == 63) && !flags.named(values.value(p.of()));
        return sign
                ? "(s" + (at + 1) + ")" + values.operand(p.of()) + (holds ? " < 0" : " >= 0")
                : values.side(p.of())
                        + (holds ? " has " : " does not have ")
                        + flags.bits(values.value(p.of()), p.mask());
    }

    /** One of two conditions, and not both. */
    private String either(Expr.Binary b, boolean holds) {
        return "(" + statement(b.left(), true) + (holds ? ") != (" : ") == (") + statement(b.right(), true) + ")";
    }

    private String both(Expr.Binary b, String join, boolean holds) {
        return "(" + statement(b.left(), holds) + join + statement(b.right(), holds) + ")";
    }

    /** What is less; a number stands on the right. */
    private String order(Expr.Binary b, boolean holds) {
        boolean number = b.left() instanceof Expr.Const && !(b.right() instanceof Expr.Const);
        Expr left = number ? b.right() : b.left();
        Expr right = number ? b.left() : b.right();
        boolean equal = (b.op() == BinaryOp.ULE || b.op() == BinaryOp.SLE) == holds;
        String op = (number == holds ? ">" : "<") + (equal ? "=" : "");
        boolean unsigned = b.op() == BinaryOp.ULT || b.op() == BinaryOp.ULE;
        return values.side(left) + " " + op + " " + values.side(right) + (unsigned ? " (unsigned)" : "");
    }

    private String equality(Expr.Binary b, boolean holds) {
        if (asked(b) instanceof Asked a) {
            return statement(a.truth(), holds == a.set());
        }
        if (b.right() instanceof Expr.Const c && values.field(b.left()) instanceof String field) {
            return field + (holds ? " == " : " != ") + Long.toUnsignedString(c.value());
        }
        if (b.left() instanceof Expr.Binary m
                && m.op() == BinaryOp.AND
                && m.right() instanceof Expr.Const mask
                && b.right() instanceof Expr.Const c) {
            Expr of = m.left();
            int low = 0;
            if (of instanceof Expr.Extract part && isOfItsWord(part)) {
                of = part.operand();
                low = part.low();
            }
            long bits = mask.value() << low;
            long value = c.value() << low;
            String what = values.side(of);
            if (value == 0) {
                Cells.Part p = cells.part(of, bits);
                return values.side(p.of())
                        + (holds ? " has none of " : " has any of ")
                        + flags.bits(values.value(p.of()), p.mask());
            }
            if (value == bits) {
                return what + (holds ? " has all of " : " lacks one of ") + flags.bits(what, bits);
            }
            if (flags.named(what)) {
                String all = (Long.bitCount(value) > 1 ? "all of " : "") + flags.bits(what, value);
                long clear = bits & ~value;
                String none = (holds ? Long.bitCount(clear) > 1 ? ", none of " : ", not " : " without ")
                        + (holds || Long.bitCount(clear) == 1 ? "" : "any of ")
                        + flags.bits(what, clear);
                return what + (holds ? " has " : " does not have ") + all + none;
            }
        }
        return values.side(b.left()) + (holds ? " == " : " != ") + values.side(b.right());
    }

    /** Whether bits of a part are said as bits of the word: where they are the lowest, or have names there. */
    private boolean isOfItsWord(Expr.Extract part) {
        return part.low() == 0 || flags.named(values.value(part.operand()));
    }

    /** A bit, and whether it is asked to be set. */
    private record Asked(Expr truth, boolean set) {}

    /** What is asked of a bit where something that can be no more is compared with 0 or 1; null of anything else. */
    private @Nullable Asked asked(Expr.Binary b) {
        return b.op() == BinaryOp.EQ
                        && b.right() instanceof Expr.Const c
                        && (c.value() & ~1) == 0
                        && truth(b.left()) instanceof Expr truth
                ? new Asked(truth, c.value() == 1)
                : null;
    }

    /** The bit that {@code e} is 1 or 0 by, as compilers widen what a comparison gives; null if it can be more. */
    private @Nullable Expr truth(Expr e) {
        return switch (e) {
            case Expr.Concat k when k.high() instanceof Expr.Const c && c.value() == 0 -> truth(k.low());
            case Expr.Binary b
            when b.width() > 1 && (b.op() == BinaryOp.AND || b.op() == BinaryOp.OR) -> {
                Expr left = truth(b.left());
                Expr right = truth(b.right());
                yield left == null || right == null ? null : x.binary(b.op(), left, right);
            }
            default -> e.width() == 1 ? e : null;
        };
    }
}
