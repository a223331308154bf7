// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

/**
 * How often a place may be returned to in one activation of a function. Turns after which the loop goes on because numbers
 * that are known say so do not make paths, and are followed far.
 *
 * @param loops turns that something unknown decides about
 * @param splits turns that known numbers decide about, but on which the path has come to depend on something unknown
 */
public record LoopBound(int loops, int splits) {
    /** Turns that only known numbers decide about. */
    static final int DECIDED = 4096;

    /** The same for both. */
    public LoopBound(int loops) {
        this(loops, loops);
    }
}
