// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.Set;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.match.LayoutRelation;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.work.Limits;

/** What is compared with what, and what is known by then. */
record Task(
        Correspondence.Pair pair,
        Side before,
        Side after,
        Correspondence c,
        Set<String> open,
        Set<String> equal,
        Limits limits,
        Lemmas lemmas,
        LayoutRelation numbering) {
    Task with(Limits other) {
        return new Task(pair, before, after, c, open, equal, other, lemmas, numbering);
    }
}
