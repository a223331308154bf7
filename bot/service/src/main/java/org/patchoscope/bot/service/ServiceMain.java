// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import org.patchoscope.bot.Patchoscope;

/** The program with the service in it: all commands, and {@code serve} works. Quarkus wants its main class in this module. */
public final class ServiceMain {
    private ServiceMain() {}

    /** As {@link Patchoscope#main}. */
    public static void main(String[] arguments) {
        Patchoscope.main(arguments);
    }
}
