// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

/** Thrown where a path cannot be followed; becomes {@link PathCount.NotCounted}. */
final class Uncounted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Uncounted(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
