// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import org.patchoscope.semantics.toolchain.Toolchain;

/** What this program calls itself. */
public final class ProgramVersion {
    /** As releases are numbered. */
    public static final String NUMBER = "0.1.0";

    private ProgramVersion() {}

    /** The program and the compiler that it works with, as reports name them. */
    public static String with(Toolchain toolchain) {
        return "Patchoscope " + NUMBER + ", clang " + toolchain.version();
    }
}
