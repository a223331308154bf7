// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Where Patchoscope keeps what it makes, and how it says what it is doing. */
final class Workspace {
    private final Path cache;
    private final boolean quiet;
    private final PrintStream err;

    Workspace(Path cache, boolean quiet, PrintStream err) {
        this.cache = cache;
        this.quiet = quiet;
        this.err = err;
    }

    /** The default cache: {@code PATCHOSCOPE_CACHE}, else {@code ~/.cache/patchoscope}. */
    static Path defaultCache() {
        String set = System.getenv("PATCHOSCOPE_CACHE");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
    }

    Path cache() {
        return cache;
    }

    Path trees() {
        return cache.resolve("trees");
    }

    /** One line of progress, on standard error so that reports can be piped. */
    void say(String what) {
        if (!quiet) {
            err.println("  " + what);
        }
    }

    Toolchain toolchain() {
        return Toolchain.unpack(cache.resolve("toolchain"), this::say);
    }
}
