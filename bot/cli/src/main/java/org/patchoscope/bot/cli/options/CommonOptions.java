// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.nio.file.Path;
import org.patchoscope.bot.engine.Workspace;
import picocli.CommandLine.Option;

/** Options of every command that does work. */
public final class CommonOptions {

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

    public Workspace workspace() {
        return new Workspace(cache.toAbsolutePath(), quiet, System.err);
    }
}
