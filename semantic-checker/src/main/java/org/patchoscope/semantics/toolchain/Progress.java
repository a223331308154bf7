// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

/** Hears what a long-running step is doing, in words for a person. */
@FunctionalInterface
public interface Progress {
    void step(String what);

    static Progress none() {
        return what -> {};
    }
}
