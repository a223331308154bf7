// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.explore;

import org.patchoscope.semantics.machine.LoopBound;
import org.patchoscope.semantics.work.WorkTime;

/**
 * Bounds of an exploration; reaching one is said in the verdict.
 *
 * @param loops how often a place may be returned to in one activation of a function
 * @param splits how often that is so where known numbers say that a loop goes on, but a turn makes paths
 * @param paths most paths of a root
 * @param steps most instructions executed on all paths together
 * @param queries most questions to the solver for one exploration or one walk
 * @param joining whether also ways that a reader may want to tell apart become one where they join without a trace
 * @param hasty whether a function with too many paths is tried in fewer ways, because another look will follow
 * @param whole whether what exceeds a bound is of no use, so that nothing of it is told
 * @param time after which all ends, whatever else there is room for
 */
public record Limits(
        int loops,
        int splits,
        int paths,
        long steps,
        long queries,
        boolean joining,
        boolean hasty,
        boolean whole,
        WorkTime time) {
    private static final int MORE_IF_JOINED = 2;
    private static final int SPLITS = 8;

    /** What a review uses. */
    public static final Limits REVIEW =
            new Limits(2, SPLITS, 6_000, 3_000_000, 20_000, false, false, false, WorkTime.UNBOUNDED);

    private static final int SOON = 3_000;

    /** The same for a first look. */
    public Limits hastily() {
        return new Limits(loops, splits, paths, steps, queries, joining, true, whole, time);
    }

    /** The same for a look whose verdicts count only where they are of everything. */
    public Limits wholly() {
        return new Limits(loops, splits, paths, steps, queries, joining, hasty, true, time);
    }

    /** The same with another loop bound. */
    public Limits withLoops(int bound) {
        return new Limits(bound, bound, paths, steps, queries, joining, hasty, whole, time);
    }

    /** The same with loops of which the number of turns is known followed further, though they make paths. */
    public Limits unrolling() {
        return new Limits(loops, Math.max(SPLITS, loops), paths, steps, queries, joining, hasty, whole, time);
    }

    /** How often loops are gone round. */
    public LoopBound bound() {
        return new LoopBound(loops, splits);
    }

    /** The same for joined paths, which have longer expressions and take less of a reader's time. */
    public Limits withJoining() {
        return joining
                ? this
                : new Limits(loops, splits, paths * MORE_IF_JOINED, steps, queries, true, hasty, whole, time);
    }

    /** The same for a try that is given up early, because one with fewer rounds of loops will follow. */
    public Limits givenUpEarly() {
        return new Limits(loops, splits, Math.min(paths, SOON), steps, queries, joining, hasty, whole, time);
    }

    /** The same for work that has only so much time. */
    public Limits within(WorkTime until) {
        return new Limits(loops, splits, paths, steps, queries, joining, hasty, whole, until);
    }
}
