// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.verdict;

import java.util.List;
import java.util.Set;

/** What a comparison of one root came to. */
public sealed interface Verdict {
    /** Proven for all inputs. */
    record Equivalent(int pairs) implements Verdict {}

    /**
     * No difference up to the loop bound, and no proof: nothing is known of what happens beyond it.
     *
     * @param bounded pairs of paths that were cut there; none where only callees were
     * @param loops turns of a loop that were followed at least, here and in what was taken for equal here
     */
    record EqualWithinBound(int pairs, int bounded, int loops) implements Verdict {}

    /** A behaviour change. */
    record Changed(List<Finding> findings) implements Verdict {
        public Changed {
            findings = List.copyOf(findings);
        }
    }

    /** Changed only where cells that others write are read anew each time. */
    record RaceWindow(List<Finding> findings) implements Verdict {
        public RaceWindow {
            findings = List.copyOf(findings);
        }
    }

    /** Nothing is concluded, and why. */
    record NotAnalysed(Set<String> reasons) implements Verdict {
        public NotAnalysed {
            reasons = Set.copyOf(reasons);
        }
    }
}
