// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.compare.ProgramComparison.Result;
import org.patchoscope.semantics.compare.RootVerdict;
import org.patchoscope.semantics.compare.Verdict;
import org.patchoscope.semantics.environment.Premise;

/**
 * What two comparisons of the same sources say together: of the kernel's own objects, where some function
 * has too many paths, and of objects whose functions are compiled by themselves. The second sees less of
 * what a function leaves alone, so its proofs count, and its findings where the first has made them too.
 */
final class CloserLook {
    /** Both states with the functions of the named objects compiled without inlining. */
    interface Builder {
        Pair apart(Set<String> objects);
    }

    /** Two built states. */
    record Pair(Built before, Built after) {}

    /**
     * Both together; verdicts of the first that are not named here stay.
     *
     * @param replaced verdicts of the second, each instead of one of the first
     * @param settled functions for whom the first had too many paths, and that the second has shown to do
     *     nothing else than the functions they call
     * @param leansOn what the second leaned on, and with it that functions are settled
     * @param complete whether no function is left that has too many paths
     */
    record Combined(List<RootVerdict> replaced, Set<String> settled, Set<Premise> leansOn, boolean complete) {
        /** Functions of which the second comparison has said it. */
        Set<String> answered() {
            return Stream.concat(replaced.stream().map(RootVerdict::root), settled.stream())
                    .collect(Collectors.toSet());
        }

        Combined {
            replaced = List.copyOf(replaced);
            settled = Set.copyOf(settled);
            leansOn = Set.copyOf(leansOn);
        }
    }

    private static final int MOST_CASES = 4;

    private CloserLook() {}

    /** Whether a closer look can help. */
    static boolean wanted(Result result) {
        return result.roots().stream().anyMatch(r -> r.exceeded() || cluttered(r));
    }

    static Combined combine(Result first, Result second) {
        Set<String> told = first.roots().stream()
                .filter(r -> !r.findings().isEmpty())
                .map(RootVerdict::root)
                .collect(Collectors.toSet());
        // What the second could not decide it took for equal above: that must be told of by the first.
        Set<String> open = first.roots().stream()
                .filter(r -> r.verdict() instanceof Verdict.NotAnalysed)
                .map(RootVerdict::root)
                .collect(Collectors.toSet());
        boolean whole = second.roots().stream()
                .noneMatch(r -> r.undecided() || !r.findings().isEmpty() && !told.contains(r.root()));
        List<RootVerdict> replaced = new ArrayList<>();
        Set<String> settled = new TreeSet<>();
        boolean complete = true;
        for (RootVerdict r :
                first.roots().stream().filter(r -> r.exceeded() || cluttered(r)).toList()) {
            Optional<RootVerdict> other = second.roots().stream()
                    .filter(o -> o.root().equals(r.root()) && !o.exceeded() && sameFindings(r, o))
                    .filter(o -> r.exceeded() || cases(o) < cases(r))
                    .filter(o -> open.containsAll(second.undecided().getOrDefault(o.root(), Set.of())))
                    .findFirst();
            if (other.isPresent()) {
                replaced.add(other.get());
            } else if (r.exceeded()
                    && whole
                    && r.findings().isEmpty()
                    && second.unaffected().contains(r.root())) {
                settled.add(r.root());
            } else {
                complete &= !r.exceeded();
            }
        }
        // A function is settled because all that it calls is: whatever a proof of these used, this one uses.
        Set<Premise> leansOn =
                second.roots().stream().flatMap(r -> r.notes().stream()).collect(Collectors.toSet());
        return new Combined(replaced, settled, settled.isEmpty() ? Set.of() : leansOn, complete);
    }

    /** Whether a finding falls into more cases than a reader wants to see. */
    private static boolean cluttered(RootVerdict r) {
        return cases(r) > MOST_CASES * r.findings().size();
    }

    private static int cases(RootVerdict r) {
        return r.findings().stream().mapToInt(f -> f.conditions().size()).sum();
    }

    /** Whether the second has the findings of the first, or proves where the first has none. */
    private static boolean sameFindings(RootVerdict first, RootVerdict second) {
        return !(second.verdict() instanceof Verdict.NotAnalysed)
                && groups(first).equals(groups(second))
                && (first.findings().isEmpty()
                        || first.verdict().getClass() == second.verdict().getClass());
    }

    private static Set<String> groups(RootVerdict r) {
        return r.findings().stream().map(Finding::group).collect(Collectors.toSet());
    }
}
