// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.util.function.Consumer;

/** Ends a process whose embedded database hangs after a failure: it cannot go on, and a new one can ({@link ReadWatch}). */
public final class LastResort {
    /** As sysexits.h has it for what may go well the next time (EX_TEMPFAIL). */
    public static final int UNREADABLE = 75;

    private LastResort() {}

    /**
     * Nothing is put away: whatever would be needs the store. What is kept there is whole, and nothing is lost.
     *
     * @param store which: of reviews, of mail
     * @param say where it is told why, before
     */
    public static void end(String store, Consumer<String> say) {
        say.accept("the store of " + store
                + " failed, and something asked of it has not come back for a minute: H2 does not"
                + " recover. This process ends with status " + UNREADABLE
                + ". Make room on the disk, and start it again:"
                + " what was not finished is repeated.");
        Runtime.getRuntime().halt(UNREADABLE);
    }
}
