// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

/** Properties that must hold whatever the input; not {@code assert}, which may be switched off. */
public final class Claims {
    private Claims() {}

    public static void holds(boolean claim, String what) {
        if (!claim) {
            throw new AssertionError("not true: " + what);
        }
    }
}
