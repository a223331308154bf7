// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

/** Thrown by a rule that meets an operand form it does not know; it never leaves the lifter. */
final class NotLifted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLifted(String reason) {
        super(reason, null, false, false);
    }
}
