// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

/** An object or its debug information cannot be read; the message says which and why. */
public final class ObjectException extends Exception {
    private static final long serialVersionUID = 1L;

    public ObjectException(String message, Throwable cause) {
        super(message, cause);
    }

    public ObjectException(String message) {
        super(message);
    }
}
