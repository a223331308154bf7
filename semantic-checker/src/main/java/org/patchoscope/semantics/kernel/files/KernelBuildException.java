// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

/** The reference tree cannot be used: says what failed, where, and what to do about it. */
public final class KernelBuildException extends RuntimeException {
    private final String where;
    private final String remedy;
    private final String log;

    public KernelBuildException(String what, String where, String remedy, String log) {
        super(what + " (" + where + "): " + remedy);
        this.where = where;
        this.remedy = remedy;
        this.log = log;
    }

    public KernelBuildException(String what, String where, String remedy, Throwable cause) {
        this(what, where, remedy, "");
        initCause(cause);
    }

    public String where() {
        return where;
    }

    public String remedy() {
        return remedy;
    }

    /** What the tools said, or nothing. */
    public String log() {
        return log;
    }
}
