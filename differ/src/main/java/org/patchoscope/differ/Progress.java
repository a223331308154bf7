// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

/** Told how far a long step has come; called from several threads. */
@FunctionalInterface
public interface Progress {
    /** Done so far, of a total; a total of 0 is not known. */
    void at(String step, long done, long total);

    /** Nobody listens. */
    static Progress none() {
        return (step, done, total) -> {};
    }
}
