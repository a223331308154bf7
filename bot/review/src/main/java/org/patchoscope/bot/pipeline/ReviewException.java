// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

/** A review cannot be made: what is wrong, where, and what to do about it. */
public final class ReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Kinds of obstacle that callers treat differently. */
    public enum Kind {
        /** Something else in what was asked. */
        INPUT,
        INCOMPLETE_SERIES,
        NO_BASE,
        DOES_NOT_APPLY,
        NO_TREE,
        NO_SANDBOX,
        TIME_UP
    }

    private final Kind kind;
    private final String where;
    private final String advice;

    public ReviewException(String what, String where, String advice) {
        this(Kind.INPUT, what, where, advice);
    }

    public ReviewException(Kind kind, String what, String where, String advice) {
        super(what);
        this.kind = kind;
        this.where = where;
        this.advice = advice;
    }

    /** What kind of obstacle it is. */
    public Kind kind() {
        return kind;
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
