// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.List;
import java.util.function.UnaryOperator;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * How what goes into a function and what it returns are made comparable on the two sides.
 *
 * @param parameters what both sides call the parameters; empty if each calls them as it declares them
 * @param before applied to the old result
 * @param after applied to the new one
 */
public record EntryExitRelation(List<String> parameters, UnaryOperator<Expr> before, UnaryOperator<Expr> after) {
    public EntryExitRelation {
        parameters = List.copyOf(parameters);
    }

    /** Results of one type, compared as they are. */
    public static EntryExitRelation same(List<String> parameters) {
        return new EntryExitRelation(parameters, e -> e, e -> e);
    }

    /** Results of two integer types are compared by their values; of one type, as they are. */
    public static EntryExitRelation of(List<String> parameters, Exprs x, DebugInfo.Type before, DebugInfo.Type after) {
        boolean alike = before.size() == after.size()
                && before.isTruth() == after.isTruth()
                && before.widening() == after.widening();
        return alike || !isInteger(before) || !isInteger(after)
                ? same(parameters)
                : new EntryExitRelation(parameters, number(x, before), number(x, after));
    }

    /** Whether values of the type are numbers of at most 64 bits. */
    static boolean isInteger(DebugInfo.Type type) {
        return type.isTruth() || type.widening() != DebugInfo.Widening.NONE;
    }

    private static UnaryOperator<Expr> number(Exprs x, DebugInfo.Type type) {
        return type.widening() == DebugInfo.Widening.SIGN ? e -> x.signExtend(e, 64) : e -> x.zeroExtend(e, 64);
    }

    /** An integer on one side is compared by the truth value that stands for it. */
    public static EntryExitRelation related(List<String> parameters, Exprs x, ResultRelation relation) {
        UnaryOperator<Expr> truth = e -> e.width() == 1 ? e : relation.sense().of(x, e);
        return new EntryExitRelation(parameters, truth, truth);
    }
}
