// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

/** Nobody wants the result any more: all that works on it ends, and nothing of it is told. */
public final class WorkCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkCancelled() {
        super("cancelled");
    }
}
