// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

/** How a path ends. */
public sealed interface Outcome {
    /** By returning, leaving the kernel, or in a call or trap that does not come back. */
    record Finished() implements Outcome {}

    /** At the loop or recursion bound: not followed further, and said so. */
    record BoundReached(String where) implements Outcome {}

    /** Something could not be simulated: nothing may be concluded from this path. */
    record NotAnalysed(String reason, String where) implements Outcome {}
}
