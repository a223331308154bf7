// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import org.patchoscope.config.Secrets;

/** What a command that ends with an error leaves behind. */
public final class ErrorOutput {
    /** The exit status of a command that could not do its work: EX_SOFTWARE of sysexits.h. */
    public static final int STATUS = 70;

    private ErrorOutput() {}

    /** Prints a line without secrets of the environment: servers say in their refusals what they were told. */
    public static void say(String line) {
        System.err.println(Secrets.among(System.getenv()).hide(line));
    }
}
