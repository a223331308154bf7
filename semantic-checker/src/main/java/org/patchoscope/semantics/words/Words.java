// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.trace.Cell;

/**
 * Says expressions as C programmers would: members of structures by name, bits by the tree's macros,
 * answers of the environment by the call that gave them.
 */
public final class Words {
    private final Members members;
    private final Flags flags;
    private final Values values;
    private final Exprs x;

    public Words(ArchProfile profile, Layout layout, Map<String, Long> macros, Exprs exprs) {
        this.x = exprs;
        this.members = new Members(layout.debug());
        this.flags = new Flags(profile.flagNames(), macros);
        this.values = new Values(members, flags, exprs);
    }

    /** A one-bit condition as a statement. */
    public String condition(Expr e) {
        return values.statements().statement(e, true);
    }

    /** A one-bit condition as statements that hold together. */
    public List<String> conditions(Expr e) {
        return values.statements().statements(e, true).toList();
    }

    /** One-bit conditions that hold together, as statements; what another of them says is left out. */
    public List<String> together(List<Expr> conjunction) {
        return new Ranges(x)
                .together(new BitTests(x).together(conjunction)).stream()
                        .filter(e -> !e.isConst(1))
                        .flatMap(e -> conditions(e).stream())
                        .distinct()
                        .toList();
    }

    /** An expression as a value. */
    public String value(Expr e) {
        return values.value(e);
    }

    /** Whether the bits of {@code of} have names. */
    public boolean hasNamedBits(Expr of) {
        return flags.named(value(of));
    }

    /** The macros that name bits of {@code mask}; none for what has no names. */
    public List<String> flags(Expr of, long mask) {
        return hasNamedBits(of) ? flags.all(value(of), mask) : List.of();
    }

    /** Bits by the macros that name them, in order of value; what has no name is shown as a number. */
    public String bits(Expr of, long mask) {
        return flags.bits(value(of), mask);
    }

    /**
     * A member that holds another value in the other version.
     *
     * @param place the member
     * @param before its value in the one version
     * @param after its value in the other
     * @param beforeKept whether the one version has not written it
     * @param afterKept whether the other version has not written it
     */
    public record Changed(String place, String before, String after, boolean beforeKept, boolean afterKept) {}

    /** The members of a cell that hold other values in the two versions, of which each was {@code original}. */
    public List<Changed> changed(Cell cell, Expr one, Expr other, Expr original) {
        List<Changed> all = new ArrayList<>();
        // Of a word without members, of which both halves differ, nobody knows that it is two.
        boolean whole = !members.knows(cell.base())
                && x.extract(one, 0, 32) != x.extract(other, 0, 32)
                && x.extract(one, 32, 32) != x.extract(other, 32, 32);
        for (int from = 0; from < 64; ) {
            int width = whole ? 64 : 8 * members.unit(cell.base(), cell.offset() + from / 8, 8 - from / 8);
            Expr a = x.extract(one, from, width);
            Expr b = x.extract(other, from, width);
            Expr was = x.extract(original, from, width);
            if (a != b) {
                String place = values.cells().place(cell.base(), cell.offset() + from / 8);
                all.add(new Changed(place, values.whole(a), values.whole(b), a == was, b == was));
            }
            from += width;
        }
        return List.copyOf(all);
    }

    /**
     * A value by the members that it is of, in order, where it is a word of memory that holds several; those that are
     * zero are left out where others are not.
     *
     * @param one gives the text for a part of it
     */
    public Map<String, String> parts(Expr e, long value, BiFunction<Expr, Long, String> one) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Cells.Part p : values.cells().pieces(e)) {
            long its = (value & p.mask()) >>> Long.numberOfTrailingZeros(p.mask());
            if (its != 0) {
                all.putIfAbsent(value(p.of()), one.apply(p.of(), its));
            }
        }
        return all.isEmpty() ? Map.of(value(e), one.apply(e, value)) : all;
    }

    /** Arguments in words, joined by commas. */
    public String arguments(List<Expr> arguments) {
        return arguments.stream().map(values::whole).collect(Collectors.joining(", "));
    }
}
