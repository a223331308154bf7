// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

/** The embedded toolchain cannot be had: says what failed, where, and what to do about it. */
public final class ToolchainException extends RuntimeException {
    private final String where;
    private final String remedy;

    ToolchainException(String what, String where, String remedy) {
        super(what + " (" + where + "): " + remedy);
        this.where = where;
        this.remedy = remedy;
    }

    ToolchainException(String what, String where, String remedy, Throwable cause) {
        this(what, where, remedy);
        initCause(cause);
    }

    public String where() {
        return where;
    }

    public String remedy() {
        return remedy;
    }
}
