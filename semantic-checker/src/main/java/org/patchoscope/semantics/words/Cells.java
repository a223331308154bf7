// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.PerCpu;

/** Says what of memory something is: the member of an object where debug information names it, and since when. */
final class Cells {
    private final Members members;
    private final Values values;
    private final Exprs x;

    Cells(Members members, Values values, Exprs x) {
        this.members = members;
        this.values = values;
        this.x = x;
    }

    /** Bits of something, and of what. */
    record Part(Expr of, long mask) {}

    /** The member of a word of memory in which all bits of {@code mask} are, if it is one, or else the whole. */
    Part part(Expr word, long mask) {
        return pieces(word).stream()
                .filter(p -> (mask & ~p.mask()) == 0)
                .findFirst()
                .map(p -> new Part(p.of(), mask >>> Long.numberOfTrailingZeros(p.mask())))
                .orElseGet(() -> new Part(word, mask));
    }

    /** The members that a word of memory holds, in order, each with its bits of the word; none where they are not known. */
    List<Part> pieces(Expr word) {
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

    /** What is in memory, {@code extra} bytes on: of what, and since when. */
    String cell(Expr.Apply f, int extra) {
        int at = f.function().indexOf('@');
        Expr offset = f.arguments().get(1);
        String where = offset instanceof Expr.Const c
                ? place(f.arguments().get(0), c.value() + extra)
                : values.value(f.arguments().get(0)) + "[" + values.value(offset) + "]";
        return where + Names.when(f.function().substring(at + 1));
    }

    /** An address in memory, as C says what is there. */
    String place(Expr base, long offset) {
        return members.name(base, offset).orElseGet(() -> {
            String variable = variable(base);
            if (variable != null) {
                return offset == 0 ? variable : "*(&" + variable + "+" + offset + ")";
            }
            String object = values.operand(base);
            return offset == 0 ? "*" + object : "*(" + object + "+" + offset + ")";
        });
    }

    /** A variable of the kernel, or this CPU's copy of one; null where {@code base} is no address of any. */
    private static @Nullable String variable(Expr base) {
        if (base instanceof Expr.Binary b && b.op() == BinaryOp.ADD) {
            String name = PerCpu.isOwnOffset(b.right())
                    ? variable(b.left())
                    : PerCpu.isOwnOffset(b.left()) ? variable(b.right()) : null;
            return name == null ? null : "this CPU's " + name;
        }
        return base instanceof Expr.Sym s
                        && s.name().matches("&[A-Za-z_][A-Za-z0-9_.]*")
                        && !s.name().startsWith("&local")
                ? s.name().substring(1)
                : null;
    }
}
