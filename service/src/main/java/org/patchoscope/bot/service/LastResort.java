// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import org.jboss.logging.Logger;

/** Ends the process where it cannot go on, so that its supervisor starts it anew. */
final class LastResort {
    private static final Logger LOG = Logger.getLogger(LastResort.class);
    /** As sysexits.h has it for what may go well the next time (EX_TEMPFAIL). */
    static final int UNREADABLE = 75;

    private LastResort() {}

    /**
     * Nothing is put away: whatever would be needs the store. What is kept there is whole, and nothing is lost (KillTest).
     *
     * @param store which: of reviews, of mail
     */
    static void end(String store) {
        LOG.fatalf(
                "The store of %s failed, and something asked of it has not come back for a minute: H2 does not recover."
                        + " This process ends with status %d and is to be started anew; is there room on the disk?",
                store, UNREADABLE);
        Runtime.getRuntime().halt(UNREADABLE);
    }
}
