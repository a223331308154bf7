// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.nio.file.Path;
import org.patchoscope.semantics.toolchain.Toolchain;
import picocli.CommandLine.Option;

/** Options of every command that does work. */
final class CommonOptions {
    static final String VERSION = "0.1.0";

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where to keep trees, builds and tools (default: $PATCHOSCOPE_CACHE or ~/.cache/patchoscope).")
    private Path cache = Workspace.defaultCache();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on standard error.")
    private boolean quiet;

    Workspace workspace() {
        return new Workspace(cache.toAbsolutePath(), quiet, System.err);
    }

    static String tool(Toolchain toolchain) {
        return "Patchoscope " + VERSION + ", clang " + toolchain.version();
    }
}
