// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Where Patchoscope keeps what it makes, and how it says what it is doing. */
final class Workspace {
    private final Path cache;
    private final Consumer<String> progress;

    Workspace(Path cache, boolean quiet, PrintStream err) {
        // On standard error, so that reports can be piped.
        this(cache, quiet ? line -> {} : line -> err.println("  " + line));
    }

    Workspace(Path cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
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

    /** One line of progress. */
    void say(String what) {
        progress.accept(what);
    }

    /** Progress of counted work: every tenth of it is said. */
    void count(String what, long done, long total) {
        long step = Math.max(1, total / 10);
        if (total > 0 && done % step == 0 && done > 0) {
            say(what + ": " + done * 100 / total + " %");
        }
    }

    Toolchain toolchain() {
        return Toolchain.unpack(cache.resolve("toolchain"), this::say);
    }
}
