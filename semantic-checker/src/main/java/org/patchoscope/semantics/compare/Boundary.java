// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * How what goes into a function and what it returns are made comparable on the two sides.
 *
 * @param parameters what both sides call the parameters; empty if each calls them as it declares them
 * @param before applied to the old result
 * @param after applied to the new one
 */
record Boundary(List<String> parameters, UnaryOperator<Expr> before, UnaryOperator<Expr> after) {
    Boundary {
        parameters = List.copyOf(parameters);
    }

    /** Results of one type, compared as they are. */
    static Boundary same(List<String> parameters) {
        return new Boundary(parameters, e -> e, e -> e);
    }

    /** An integer on one side is compared by the truth value that stands for it. */
    static Boundary related(List<String> parameters, Exprs x, ResultRelation relation) {
        UnaryOperator<Expr> truth = e -> e.width() == 1 ? e : relation.sense().of(x, e);
        return new Boundary(parameters, truth, truth);
    }
}
