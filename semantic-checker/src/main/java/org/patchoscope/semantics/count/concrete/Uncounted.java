// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

/** Thrown where a path cannot be followed; becomes {@link PathCount.NotCounted}. */
public final class Uncounted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Uncounted(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
