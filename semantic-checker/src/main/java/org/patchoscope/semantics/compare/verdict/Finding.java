// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;

/**
 * Differences of one kind, told once.
 *
 * @param group what happens, as {@link Difference#groups} names it
 * @param example a pair of paths that shows it, the one the witness takes
 * @param conditions when it happens: any of these, each a conjunction of one-bit conditions
 * @param further above 0 where there may be cases beside the conditions; where it is 0 these say exactly when it happens
 * @param witness values of the unknowns that show it; what is not named is zero. Both versions have been
 *     executed on it and gave the two traces of the example.
 * @param vanishesUnder names of assumptions under which it cannot happen
 * @param pairs how many pairs of paths it stands for
 */
public record Finding(
        Group group,
        Difference example,
        List<List<Expr>> conditions,
        int further,
        Map<Expr, Long> witness,
        List<String> vanishesUnder,
        int pairs) {
    public Finding {
        conditions = List.copyOf(conditions);
        vanishesUnder = List.copyOf(vanishesUnder);
    }
}
