// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.Collection;
import java.util.Map;
import org.patchoscope.semantics.expr.Expr;

/** Answers whether one-bit conditions can hold together. Unknown is an answer of its own, never a no. */
public interface Solver extends AutoCloseable {

    /** An answer. */
    sealed interface Answer {
        /** They can; {@code values} gives one way, for every unknown in them (bits above the width are zero). */
        record Satisfiable(Map<Expr, Long> values) implements Answer {}

        /** They cannot. */
        record Unsatisfiable() implements Answer {}

        /** Not decided within the resource limit. */
        record Unknown(String reason) implements Answer {}
    }

    /** Whether all {@code conditions} (one bit wide) can be one at the same time; no values are computed. */
    Answer check(Collection<Expr> conditions);

    /** The same with values. */
    Answer model(Collection<Expr> conditions);

    /** Queries asked so far. */
    long queries();

    @Override
    void close();
}
