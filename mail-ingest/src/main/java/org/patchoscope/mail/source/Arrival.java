// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.time.Instant;

/**
 * One mail as a {@link MailFeed} delivers it. The array is not copied; do not write to it.
 *
 * @param raw the bytes as they are at the source
 * @param change whether it came, or was taken away there
 * @param arrived when it reached the source, or 1970-01-01 when that is not recorded
 * @param cut true when the mail is larger than {@link MailLimits#MOST_BYTES} and the rest was left behind
 * @param position what to read on from when this mail is stored
 */
public record Arrival(byte[] raw, Change change, Instant arrived, boolean cut, String position) {
    /** What happened to the mail at its source. */
    public enum Change {
        ADDED,
        /** Spam or a mistake that the archive's keeper took out. */
        WITHDRAWN
    }
}
