// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.expr.Expr;

/**
 * A place at which two versions part, for all inputs that get there and part.
 *
 * @param kind what is told apart
 * @param known what holds of all inputs that get there
 * @param parting what makes the difference beyond that; the constant true where all of them part
 * @param left what the old version shows there, or "end"
 * @param right what the new one shows
 * @param detail which argument or cell, in the expression language; empty where the events differ
 * @param trail how one gets there
 */
public record Parting(
        Difference.Kind kind, List<Expr> known, Expr parting, String left, String right, String detail, Trail trail) {
    public Parting {
        known = List.copyOf(known);
    }

    /** When it happens, as conditions that hold together. */
    public List<Expr> condition() {
        List<Expr> all = new ArrayList<>(known);
        if (!parting.isConst(1)) {
            all.add(parting);
        }
        return List.copyOf(all);
    }
}
