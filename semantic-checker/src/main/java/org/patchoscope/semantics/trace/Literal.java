// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.UnaryOp;

/** A condition (one bit, not a negation) and whether it holds. */
public record Literal(Expr atom, boolean holds) {

    /** The literal that says {@code condition} is {@code holds}. */
    public static Literal of(Expr condition, boolean holds) {
        return condition instanceof Expr.Unary u && u.op() == UnaryOp.NOT
                ? of(u.operand(), !holds)
                : new Literal(condition, holds);
    }

    /** The literal as one expression. */
    public Expr expr(Exprs x) {
        return holds ? atom : x.not(atom);
    }
}
