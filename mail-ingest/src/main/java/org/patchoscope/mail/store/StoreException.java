// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.io.IOException;

/** The store cannot be used: what is wrong, where, and what to do about it. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String advice;

    public StoreException(String what, String where, String advice) {
        super(what);
        this.where = where;
        this.advice = advice;
    }

    StoreException(String what, String where, String advice, Throwable cause) {
        super(what, cause);
        this.where = where;
        this.advice = advice;
    }

    /** The directory or database it is about. */
    public String where() {
        return where;
    }

    /** What the user can do. */
    public String advice() {
        return advice;
    }
}
