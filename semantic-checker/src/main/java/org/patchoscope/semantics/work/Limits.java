// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

/**
 * Bounds of a comparison; reaching one is said in the verdict.
 *
 * @param loops how often a place may be returned to in one activation of a function, where a loop is not proven as a whole
 * @param pairs most pairs of states of one function
 * @param steps most instructions executed for one function
 * @param work most work of the solver for each step of comparing one function, in its own units: some million a second
 * @param time after which all ends, whatever else there is room for
 */
public record Limits(int loops, int pairs, long steps, long work, WorkTime time) {
    /** What a review uses. */
    public static final Limits REVIEW = new Limits(2, 60_000, 6_000_000, 20_000_000, WorkTime.UNBOUNDED);

    /** The same with another loop bound. */
    public Limits withLoops(int bound) {
        return new Limits(bound, pairs, steps, work, time);
    }

    /** The same for work that has only so much time. */
    public Limits within(WorkTime until) {
        return new Limits(loops, pairs, steps, work, until);
    }
}
