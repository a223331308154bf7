// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.Set;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.match.LayoutRelation;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.work.Limits;

/** Two programs, what is which in them, and how far they are followed. */
record Sides(Side before, Side after, Correspondence c, LayoutRelation numbering, Limits limits) {
    /** A pair to compare, where {@code open} functions may differ and those in {@code equal} have been found not to. */
    Task task(Correspondence.Pair pair, Set<String> open, Set<String> equal, Lemmas lemmas) {
        return new Task(pair, before, after, c, open, equal, limits, lemmas, numbering);
    }
}
