// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

/** A function that can be traced in one state and not in the other; {@code object} defines it. */
public record TracingChange(String function, String object, Traceability before, Traceability after) {
    /** Whether a function that was there all the time can be traced now. */
    public boolean becomes() {
        return after == Traceability.TRACEABLE && before != Traceability.ABSENT;
    }

    /** Whether a function that is still there cannot be traced any more. */
    public boolean stops() {
        return before == Traceability.TRACEABLE && after != Traceability.ABSENT;
    }
}
