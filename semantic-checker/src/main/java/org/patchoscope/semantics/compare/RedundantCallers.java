// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;

/**
 * Callers that are not compared: their own code is as before, and what differs in what they call has been told of enough
 * other callers. Interrupt vectors are many, and all leave by the same code.
 *
 * @param c both programs
 * @param own functions whose instructions differ, but whose own source does not
 */
record RedundantCallers(Correspondence c, Set<String> own) {
    /** Of so many callers a change is told. */
    private static final int ENOUGH = 3;

    /**
     * The verdict that stands in for a comparison, if one does.
     *
     * @param open functions that a change reaches
     * @param settled those whose callers need not be asked
     * @param verdicts what is known so far
     */
    Optional<RootVerdict> of(String f, Set<String> open, Set<String> settled, Map<String, RootVerdict> verdicts) {
        if (c.changed().contains(f) && !own.contains(f)) {
            return Optional.empty();
        }
        List<String> called = open.stream()
                .filter(g ->
                        !settled.contains(g) && !g.equals(f) && c.callers(g).contains(f))
                .sorted()
                .toList();
        boolean told = !called.isEmpty()
                && called.stream().allMatch(g -> tellers(g, settled, verdicts).size() >= ENOUGH);
        if (!told) {
            return Optional.empty();
        }
        String which = called.stream().map(RedundantCallers::name).collect(Collectors.joining(", "));
        String where = called.stream()
                .flatMap(g -> tellers(g, settled, verdicts).stream())
                .distinct()
                .sorted()
                .map(RedundantCallers::name)
                .collect(Collectors.joining(", "));
        String why = "the function's own source is as before; what differs in " + which
                + ", which it calls, is reported in " + where;
        return Optional.of(new RootVerdict(f, new Verdict.NotAnalysed(Set.of(why)), 0, Set.of(), Set.of()));
    }

    private List<String> tellers(String g, Set<String> settled, Map<String, RootVerdict> verdicts) {
        return c.callers(g).stream()
                .filter(h -> settled.contains(h)
                        && verdicts.get(h) instanceof RootVerdict v
                        && v.verdict() instanceof Verdict.Changed)
                .limit(ENOUGH)
                .toList();
    }

    private static String name(String function) {
        return function + "()";
    }
}
