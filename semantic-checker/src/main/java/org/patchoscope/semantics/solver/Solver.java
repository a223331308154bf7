// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.solver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;

/** Answers whether one-bit conditions can hold together. Unknown is an answer of its own, never a no. */
public interface Solver extends AutoCloseable {

    /** An answer. */
    sealed interface Answer {
        /** They can; {@code values} gives one way, for every unknown in them (bits above the width are zero). */
        record Satisfiable(Map<Expr, Long> values) implements Answer {}

        /** They cannot; nor can the conditions in {@code core} alone, which are some of them. */
        record Unsatisfiable(Set<Expr> core) implements Answer {
            public Unsatisfiable {
                core = Set.copyOf(core);
            }
        }

        /** Not decided within the resource limit. */
        record Unknown(String reason) implements Answer {}
    }

    /** Whether all {@code conditions} (one bit wide) can be one at the same time; no values are computed. */
    Answer check(Collection<Expr> conditions);

    /** The same with values. */
    Answer model(Collection<Expr> conditions);

    /**
     * Whether {@code extra} can hold beside {@code known}, which can hold together: what shares no unknown
     * with {@code extra} need not be looked at.
     */
    default Answer check(Collection<Expr> known, Expr extra) {
        List<Expr> all = new ArrayList<>(known);
        all.add(extra);
        return check(all);
    }

    /**
     * Values as {@link #model} gives them, for what can matter to {@code term} beside {@code known}, which can hold
     * together; what shares no unknown with {@code term} need not be looked at.
     */
    default Answer values(Collection<Expr> known, Expr term) {
        return model(known);
    }

    /** Queries asked so far. */
    long queries();

    /** What has been done to answer them, in units that do not depend on how busy the machine is. */
    long work();

    @Override
    void close();
}
