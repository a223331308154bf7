// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Where Patchoscope keeps what it makes, and how it says what it is doing. */
public final class Workspace {
    private final Path cache;
    private final Consumer<String> progress;

    public Workspace(Path cache, boolean quiet, PrintStream err) {
        // On standard error, so that reports can be piped.
        this(cache, quiet ? line -> {} : line -> err.println("  " + line));
    }

    public Workspace(Path cache, Consumer<String> progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** The default cache: {@code PATCHOSCOPE_CACHE}, else {@code ~/.cache/patchoscope}. */
    public static Path defaultCache() {
        String set = System.getenv("PATCHOSCOPE_CACHE");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
    }

    public Path cache() {
        return cache;
    }

    public Path trees() {
        return cache.resolve("trees");
    }

    /** One line of progress. */
    public void say(String what) {
        progress.accept(what);
    }

    /** Progress of counted work: every tenth of it is said. */
    public void count(String what, long done, long total) {
        long step = Math.max(1, total / 10);
        if (total > 0 && done % step == 0 && done > 0) {
            say(what + ": " + done * 100 / total + " %");
        }
    }

    public Toolchain toolchain() {
        return Toolchain.unpack(cache.resolve("toolchain"), this::say);
    }
}
