// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import org.patchoscope.bot.cli.Main;

/** The program: {@code patchoscope}. */
public final class Patchoscope {
    private Patchoscope() {}

    /** Exits with 0 equivalent, 1 findings, 2 usage, 3 something not analysed, 70 an error. */
    public static void main(String[] arguments) {
        System.exit(Main.run(arguments));
    }
}
