// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings of the service: {@code patchoscope.service.*}, or {@code PATCHOSCOPE_SERVICE_*} in the environment. */
@ConfigMapping(prefix = "patchoscope.service")
interface ServiceConfig {
    /** Where reviews and their index are kept. */
    @WithDefault("${user.home}/.local/share/patchoscope")
    String data();

    /** Trees, builds and tools. */
    @WithDefault("${user.home}/.cache/patchoscope")
    String cache();

    /** Registered tree that series are reviewed on. */
    Optional<String> tree();

    /** Architectures. */
    @WithDefault("arm64")
    String archs();

    /** Configurations derived from the changed code at most. */
    @WithDefault("0")
    int variants();

    /** Compiler processes. */
    @WithDefault("2")
    int jobs();

    /** Whether the series that comes along is reviewed at the first start. */
    @WithDefault("true")
    boolean demo();

    /** Who may hand in series: bearer tokens. Without one nobody may. */
    Optional<List<String>> tokens();

    /** A database other than the embedded one. */
    Jdbc database();

    /** Where it is. */
    interface Jdbc {
        /** Address, {@code jdbc:postgresql://…}; without one the embedded database is used. */
        Optional<String> url();

        /** Name to log in with. */
        @WithDefault("patchoscope")
        String user();

        /** Password to log in with. */
        Optional<String> password();
    }
}
