// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;
import org.patchoscope.semantics.machine.Cell;

/**
 * Says expressions as C programmers would: members of structures by name, bits by the tree's macros,
 * answers of the environment by the call that gave them.
 */
public final class Words {
    private final ArchProfile profile;
    private final Members members;
    private final Map<String, Long> macros;
    private final Exprs x;

    public Words(ArchProfile profile, Layout layout, Map<String, Long> macros, Exprs exprs) {
        this.x = exprs;
        this.profile = profile;
        this.members = new Members(layout.debug());
        this.macros = Map.copyOf(macros);
    }

    /** A one-bit condition as a statement. */
    public String condition(Expr e) {
        return statement(e, true);
    }

    private String statement(Expr e, boolean holds) {
        return switch (e) {
            case Expr.Unary u when u.op() == UnaryOp.NOT -> statement(u.operand(), !holds);
            case Expr.Extract x
            when x.width() == 1 && x.low() == 0 && x.operand() instanceof Expr.Sym s && s.width() <= 8 ->
                value(s) + (holds ? " is true" : " is false");
            case Expr.Extract x when x.width() == 1 -> bit(part(x.operand(), 1L << x.low()), holds);
            case Expr.Binary b when b.op() == BinaryOp.EQ -> equality(b, holds);
            case Expr.Binary b
            when b.op() == BinaryOp.AND && b.width() == 1 -> holds ? both(b, " and ", true) : both(b, " or ", false);
            case Expr.Binary b
            when b.op() == BinaryOp.OR && b.width() == 1 -> holds ? both(b, " or ", true) : both(b, " and ", false);
            case Expr.Binary b when b.op() == BinaryOp.ULT -> compare(b, holds ? "<" : ">=", " (unsigned)");
            case Expr.Binary b when b.op() == BinaryOp.SLT -> compare(b, holds ? "<" : ">=", "");
            case Expr.Sym s
            when s.name().startsWith("static_key:") ->
                "static key " + s.name().substring(11) + (holds ? " is enabled" : " is disabled");
            case Expr.Sym s
            when s.name().startsWith("cpu:") ->
                "the CPU " + (holds ? "has " : "does not have ") + s.name().substring(4);
            case Expr.Sym s when s.name().startsWith("ret:") -> value(s) + (holds ? " is true" : " is false");
            default -> value(e) + (holds ? " is 1" : " is 0");
        };
    }

    private String bit(Part p, boolean holds) {
        int at = Long.numberOfTrailingZeros(p.mask());
        boolean sign = (at == 31 || at == 63) && family(p.of()).isEmpty();
        return sign
                ? "(s" + (at + 1) + ")" + value(p.of()) + (holds ? " < 0" : " >= 0")
                : value(p.of()) + (holds ? " has " : " does not have ") + bits(p.of(), p.mask());
    }

    private String both(Expr.Binary b, String join, boolean holds) {
        return "(" + statement(b.left(), holds) + join + statement(b.right(), holds) + ")";
    }

    private String compare(Expr.Binary b, String op, String suffix) {
        return value(b.left()) + " " + op + " " + value(b.right()) + suffix;
    }

    private String equality(Expr.Binary b, boolean holds) {
        if (b.left() instanceof Expr.Binary m
                && m.op() == BinaryOp.AND
                && m.right() instanceof Expr.Const mask
                && b.right() instanceof Expr.Const c) {
            String what = value(m.left());
            if (c.value() == 0) {
                Part p = part(m.left(), mask.value());
                return value(p.of()) + (holds ? " has none of " : " has any of ") + bits(p.of(), p.mask());
            }
            if (c.value() == mask.value()) {
                return what + (holds ? " has all of " : " lacks one of ") + bits(m.left(), mask.value());
            }
            if (family(m.left()).isPresent()) {
                return "of " + bits(m.left(), mask.value()) + ", " + what
                        + (holds ? " has just " : " does not have just ") + bits(m.left(), c.value());
            }
        }
        return value(b.left()) + (holds ? " == " : " != ") + value(b.right());
    }

    /** Bits by the macros that name them, in order of value; what has no name is shown as a number. */
    public String bits(Expr of, long mask) {
        Optional<ArchProfile.FlagNames> family = family(of);
        long rest = mask;
        StringBuilder text = new StringBuilder();
        if (family.isPresent()) {
            List<Map.Entry<String, Long>> names = macros.entrySet().stream()
                    .filter(e -> family.get().names(e.getKey()))
                    .filter(e -> Long.bitCount(e.getValue()) == 1)
                    .sorted(Map.Entry.<String, Long>comparingByValue(Long::compareUnsigned)
                            .thenComparing(Map.Entry.comparingByKey()))
                    .toList();
            for (Map.Entry<String, Long> n : names) {
                if ((rest & n.getValue()) != 0) {
                    text.append(text.isEmpty() ? "" : " | ").append(n.getKey());
                    rest &= ~n.getValue();
                }
            }
        }
        if (rest != 0 || text.isEmpty()) {
            String number = Long.bitCount(rest) == 1
                    ? "bit " + Long.numberOfTrailingZeros(rest)
                    : "0x" + Long.toHexString(rest);
            text.append(text.isEmpty() ? "" : " | ").append(number);
        }
        return text.toString();
    }

    private Optional<ArchProfile.FlagNames> family(Expr of) {
        String name = value(of);
        return profile.flagNames().stream()
                .filter(f -> f.cells().stream().anyMatch(c -> name.equals(c) || name.startsWith(c + " ")))
                .findFirst();
    }

    /** An expression as a value. */
    public String value(Expr e) {
        return switch (e) {
            case Expr.Const c -> number(c);
            case Expr.Sym s -> symbol(s.name());
            case Expr.Reg r -> r.name();
            case Expr.Apply f -> applied(f);
            case Expr.Unary u ->
                (u.op() == UnaryOp.NOT ? "~" : u.op() == UnaryOp.NEG ? "-" : u.op() + " ") + value(u.operand());
            case Expr.Binary b -> binary(b);
            case Expr.Extract x -> x.low() == 0 && x.width() % 8 == 0 ? value(x.operand()) : part(x);
            case Expr.Concat k -> concat(k);
            case Expr.SignExtend s -> "(s" + s.operand().width() + ")" + value(s.operand());
            case Expr.Ite i ->
                "(" + condition(i.condition()) + " ? " + value(i.whenTrue()) + " : " + value(i.whenFalse()) + ")";
        };
    }

    /** Bits of something, and of what. */
    private record Part(Expr of, long mask) {}

    /** The member of a word of memory in which all bits of {@code mask} are, if it is one, or else the whole. */
    private Part part(Expr word, long mask) {
        return pieces(word).stream()
                .filter(p -> (mask & ~p.mask()) == 0)
                .findFirst()
                .map(p -> new Part(p.of(), mask >>> Long.numberOfTrailingZeros(p.mask())))
                .orElseGet(() -> new Part(word, mask));
    }

    /** The members that a word of memory holds, in order, each with its bits of the word; none where they are not known. */
    private List<Part> pieces(Expr word) {
        List<Part> all = new ArrayList<>();
        if (word instanceof Expr.Apply f
                && f.function().startsWith("memory@")
                && members.object(f).isPresent()) {
            int bytes = f.width() / 8;
            long offset = ((Expr.Const) f.arguments().get(1)).value();
            for (int at = 0; at < bytes; ) {
                int size = members.unit(f.arguments().getFirst(), offset + at, bytes - at);
                all.add(new Part(x.extract(word, 8 * at, 8 * size), Bits.mask(8 * size) << 8 * at));
                at += size;
            }
        }
        return all;
    }

    private String part(Expr.Extract x) {
        if (x.operand() instanceof Expr.Apply f && f.function().startsWith("memory@") && x.low() % 8 == 0) {
            return cell(f, x.low() / 8);
        }
        return value(x.operand()) + "[" + (x.low() + x.width() - 1) + ":" + x.low() + "]";
    }

    private String concat(Expr.Concat k) {
        boolean padding = k.high() instanceof Expr.Const c && c.value() == 0
                || k.high() instanceof Expr.Sym s && s.name().startsWith("undefined:");
        if (padding) {
            return value(k.low());
        }
        if (k.high().width() == 1 && k.low() instanceof Expr.Const low) {
            long set = low.value() | 1L << low.width();
            return "(" + condition(k.high()) + " ? " + set + " : " + low.value() + ")";
        }
        return "(" + value(k.high()) + " : " + value(k.low()) + ")";
    }

    private String binary(Expr.Binary b) {
        if (b.op() == BinaryOp.OR && sameCell(b.left(), b.right()) instanceof String cell) {
            return cell;
        }
        if (b.op() == BinaryOp.AND && b.right() instanceof Expr.Const c) {
            return value(b.left()) + " & (" + bits(b.left(), c.value()) + ")";
        }
        String op = switch (b.op()) {
            case ADD -> " + ";
            case SUB -> " - ";
            case MUL -> " * ";
            case AND -> " & ";
            case OR -> " | ";
            case XOR -> " ^ ";
            case EQ -> " == ";
            default -> " " + b.op() + " ";
        };
        return value(b.left()) + op + value(b.right());
    }

    /** A cell some bits of which never change reads as the cell it is now. */
    private @org.jspecify.annotations.Nullable String sameCell(Expr a, Expr b) {
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

    private static String number(Expr.Const c) {
        return number(c.value(), c.width());
    }

    private static String number(long value, int width) {
        long signed = Bits.signExtend(value, width);
        return signed > -4096 && signed < 4096 ? Long.toString(signed) : "0x" + Long.toHexString(value);
    }

    private static String symbol(String name) {
        if (name.startsWith("ret:")) {
            return call(name.substring(4)) + " result";
        }
        if (name.startsWith("&local")) {
            return "a local variable";
        }
        return name.startsWith("&.") ? "code address" : name;
    }

    private static String call(String tag) {
        if (tag.startsWith("call through a pointer")) {
            return tag.endsWith("#1")
                    ? "the indirect call"
                    : "indirect call" + tag.substring(22).replace("#", " ");
        }
        return tag.endsWith("#1") ? tag.substring(0, tag.length() - 2) + "()" : tag.replace("#", "() number ");
    }

    private String applied(Expr.Apply f) {
        return f.function().startsWith("memory") ? cell(f, 0) : f.function();
    }

    private String cell(Expr.Apply f, int extra) {
        int at = f.function().indexOf('@');
        Expr offset = f.arguments().get(1);
        String where = offset instanceof Expr.Const c
                ? place(f.arguments().get(0), c.value() + extra)
                : value(f.arguments().get(0)) + "[" + value(offset) + "]";
        return where + when(f.function().substring(at + 1));
    }

    private static String when(String tag) {
        int read = tag.indexOf(" read ");
        String base = read < 0 ? tag : tag.substring(0, read);
        String at = base.equals("entry") ? " at entry" : " after " + call(base);
        return read < 0 ? at : at + " (read " + tag.substring(read + 6) + ")";
    }

    /**
     * What is different in a word of memory (64 bits, little-endian), one member at a time where the object's
     * type is known, else in halves: {@code one} is what one version has there, {@code other} the other.
     */
    public List<String> differing(Cell cell, Expr one, Expr other) {
        List<String> all = new ArrayList<>();
        for (int from = 0; from < 64; ) {
            int width = 8 * members.unit(cell.base(), cell.offset() + from / 8, 8 - from / 8);
            Expr a = x.extract(one, from, width);
            Expr b = x.extract(other, from, width);
            if (a != b) {
                all.add(place(cell.base(), cell.offset() + from / 8) + " = " + value(a));
            }
            from += width;
        }
        return all;
    }

    private String place(Expr base, long offset) {
        return members.name(base, offset).orElseGet(() -> {
            String object = value(base);
            return offset == 0 ? "*" + object : "*(" + object + "+" + offset + ")";
        });
    }

    /**
     * A value by the members that it is of, in order, where it is a word of memory that holds several; those that are
     * zero are left out where others are not.
     *
     * @param one gives the text for a part of it
     */
    public Map<String, String> parts(Expr e, long value, BiFunction<Expr, Long, String> one) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Part p : pieces(e)) {
            long its = (value & p.mask()) >>> Long.numberOfTrailingZeros(p.mask());
            if (its != 0) {
                all.putIfAbsent(value(p.of()), one.apply(p.of(), its));
            }
        }
        return all.isEmpty() ? Map.of(value(e), one.apply(e, value)) : all;
    }

    /** Arguments in words, joined by commas. */
    public String arguments(List<Expr> arguments) {
        return arguments.stream().map(this::value).collect(Collectors.joining(", "));
    }
}
