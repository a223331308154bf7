// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

/** Whether a command is carried out. */
public sealed interface Decision {
    /** It is, by that right. */
    record Accepted(Right right) implements Decision {}

    /** It is not. */
    record Refused(Reason reason) implements Decision {}

    /** Not yet decided: what is missing may still come. */
    record Waiting(Reason missing) implements Decision {}

    /** By what somebody may command. */
    enum Right {
        AUTHOR,
        MAINTAINER,
        CONFIGURED
    }

    /** Why a command is not carried out; the names are public and stay. */
    enum Reason {
        /** Written too long ago. */
        TOO_OLD,
        /** Nobody believed says that the mail is from whom it says. Never answer such mail: it may be forged. */
        UNPROVEN_SENDER,
        /** It answers no series that is known. */
        NO_SERIES,
        /** The sender is neither author nor maintainer nor configured. */
        NOT_ALLOWED,
        /** Not a command, or with something missing. */
        UNCLEAR,
        /** More in a day than one sender may. */
        TOO_MANY,
        /** The mail was taken away at its source. */
        WITHDRAWN;

        /** Whether the sender may be told by mail; the others are told on the page only. */
        public boolean tellByMail() {
            return switch (this) {
                case UNCLEAR, TOO_MANY -> true;
                case TOO_OLD, UNPROVEN_SENDER, NO_SERIES, NOT_ALLOWED, WITHDRAWN -> false;
            };
        }
    }
}
