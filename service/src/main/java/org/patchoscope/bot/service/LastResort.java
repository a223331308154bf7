// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import org.jboss.logging.Logger;

/** Ends the process where it cannot go on, so that its supervisor starts it anew. */
final class LastResort {
    private static final Logger LOG = Logger.getLogger(LastResort.class);
    /** As sysexits.h has it for what may go well the next time (EX_TEMPFAIL). */
    static final int UNREADABLE = 75;

    private LastResort() {}

    /** Nothing is put away: whatever would be needs the store. What is kept there is whole, and nothing is lost (KillTest). */
    static void unreadable() {
        LOG.fatalf(
                "The store of reviews failed, and for a minute now a read of it has not come back: H2 does not recover."
                        + " This process ends with status %d and is to be started anew; is there room on the disk?",
                UNREADABLE);
        Runtime.getRuntime().halt(UNREADABLE);
    }
}
