// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import org.patchoscope.mail.Message;

/** A mail that became part of no series, and why: nothing is dropped in silence. */
public record Unassembled(Message message, Reason reason) {

    /** The fixed, public reasons. */
    public enum Reason {
        /** A reply without a diff of its own. */
        COMMENT,
        /** A pull request, or a patch mail of one. */
        PULL_REQUEST,
        /** The subject says PATCH, but there is no diff and no counter. */
        NO_DIFF,
        /** Neither its subject nor its text is a patch. */
        NOT_A_PATCH,
        /** Another mail has the same Message-ID and another content. */
        DUPLICATE_ID
    }
}
