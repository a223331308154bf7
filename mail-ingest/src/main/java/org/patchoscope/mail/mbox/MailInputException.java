// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

/**
 * The input cannot be reviewed as mail. Carries what is wrong, where, and what the person can do about it, so that the
 * command line prints one useful sentence instead of a stack trace.
 */
public final class MailInputException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as a fixed list. */
    public enum Kind {
        /** The file or folder cannot be read. */
        UNREADABLE,
        /** There is nothing in it. */
        EMPTY,
        /** It is no mail: no header lines at its start. */
        NOT_MAIL,
        /** It is mail, but no mail in it is a patch. */
        NO_PATCH,
        /** It is larger than any series is. */
        TOO_LARGE
    }

    private final Kind kind;
    private final String where;
    private final String advice;

    public MailInputException(Kind kind, String what, String where, String advice) {
        super(where + ": " + what + "; " + advice);
        this.kind = kind;
        this.where = where;
        this.advice = advice;
    }

    public Kind kind() {
        return kind;
    }

    /** The file or stream it is about. */
    public String where() {
        return where;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }
}
