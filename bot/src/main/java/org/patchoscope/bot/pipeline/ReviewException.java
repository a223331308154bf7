// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

/** A review cannot be made: what is wrong, where, and what to do about it. */
public final class ReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String advice;

    public ReviewException(String what, String where, String advice) {
        super(what);
        this.where = where;
        this.advice = advice;
    }

    /** The input, file or place it is about. */
    public String where() {
        return where;
    }

    /** What the user can do. */
    public String advice() {
        return advice;
    }
}
