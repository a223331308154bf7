// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.patchoscope.semantics.expr.Cases;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * Counts what happens on a path: reads of one word, faults, readings of a counter. Where paths have been joined the number
 * depends on the path, so that what is named by it is the same in two versions whose paths are joined at other places.
 */
final class Numbered {
    private static final int WIDTH = 64;

    private final Exprs x;

    Numbered(Exprs exprs) {
        this.x = exprs;
    }

    /** How often anything has happened before it happens for the first time. */
    Expr none() {
        return x.constant(0, WIDTH);
    }

    /** One more. */
    Expr next(Expr number) {
        return each(number, n -> x.constant(n + 1, WIDTH), n -> x.add(n, 1));
    }

    /** Counts {@code key} once more, and gives the value of so many bits that is named by {@code name} and the number. */
    Expr value(State s, String key, int width, String name) {
        Expr number = next(s.numbers.getOrDefault(key, none()));
        s.numbers.put(key, number);
        return each(number, n -> x.sym(name + n, width), n -> x.apply(name, width, List.of(n)));
    }

    /**
     * What hangs on a number, by case.
     *
     * @param known what it is for a number
     * @param open what it is where the number is an unknown
     */
    Expr each(Expr number, IntFunction<Expr> known, Function<Expr, Expr> open) {
        return Cases.map(
                x, number, n -> n instanceof Expr.Const c ? known.apply(Math.toIntExact(c.value())) : open.apply(n));
    }
}
