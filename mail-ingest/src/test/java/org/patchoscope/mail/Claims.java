// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

/** Properties that must hold whatever the input; not {@code assert}, which may be switched off. */
final class Claims {
    private Claims() {}

    static void holds(boolean claim, String what) {
        if (!claim) {
            throw new AssertionError("not true: " + what);
        }
    }
}
