// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.sandbox.CommandOutcome;

/** Spells out what a source is once its macros are expanded. */
final class Preprocessor {
    private final Path cacheDir;
    private final CompilerRun compiler;

    Preprocessor(Path cacheDir, CompilerRun compiler) {
        this.cacheDir = cacheDir;
        this.compiler = compiler;
    }

    /** The text without line markers; nothing for assembly, or where the preprocessor stops. */
    Optional<String> text(View view, CompileCommand command) throws IOException {
        if (command.isAssembly()) {
            return Optional.empty();
        }
        try (Work work = Work.create(cacheDir)) {
            Path text = work.out().resolve("source.i");
            Path source = view.prepared().source().resolve(command.source());
            CommandOutcome outcome =
                    compiler.run(view, command, work, List.of("-w", "-E", "-P", "-o", text.toString()), source);
            return CompilerRun.good(outcome, text) ? Optional.of(CacheFiles.readPlainText(text)) : Optional.empty();
        }
    }
}
