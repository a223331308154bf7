// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.function.UnaryOperator;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * How what a function returns is made comparable on the two sides.
 *
 * @param before applied to the old result
 * @param after applied to the new one
 */
record Results(UnaryOperator<Expr> before, UnaryOperator<Expr> after) {
    /** Results of one type, compared as they are. */
    static final Results SAME = new Results(e -> e, e -> e);

    /** An integer on one side is compared by the truth value that stands for it. */
    static Results related(Exprs x, ResultRelation relation) {
        UnaryOperator<Expr> truth = e -> e.width() == 1 ? e : relation.sense().of(x, e);
        return new Results(truth, truth);
    }
}
