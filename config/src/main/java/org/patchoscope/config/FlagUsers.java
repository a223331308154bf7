// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.util.List;

/**
 * Who sets flags of a task.
 *
 * @param flags macros of one flag, as architectures call it
 * @param by programs that are known for it
 * @param how the call or file through which they do it
 * @param source where the kernel sets the flag, and a manual page
 */
public record FlagUsers(List<String> flags, String by, String how, String source) {
    public FlagUsers {
        flags = List.copyOf(flags);
    }

    /** In words: who, and through what. */
    public String words() {
        return by + " (" + how + ")";
    }
}
