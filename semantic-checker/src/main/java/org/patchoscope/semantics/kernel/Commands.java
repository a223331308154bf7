// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.sandbox.Outcome;

/** Gets compile commands from Kbuild, by letting it make the object once. */
final class Commands {
    private final Kbuild kbuild;

    Commands(Kbuild kbuild) {
        this.kbuild = kbuild;
    }

    /** Makes objects whose commands are not known yet, all in one run of Kbuild. */
    void warm(Prepared prepared, List<String> objects) throws IOException {
        Outcome ignored = DirLock.holding(prepared.home(), () -> make(prepared, objects));
        if (ignored instanceof Outcome.Unavailable u) {
            throw new KernelBuildException("cannot run Kbuild", prepared.out().toString(), u.why(), "");
        }
    }

    Step<CompileCommand> command(Prepared prepared, String object) throws IOException {
        Optional<CompileCommand> known = read(prepared, object);
        if (known.isPresent()) {
            return new Step.Done<>(known.get());
        }
        Outcome outcome = DirLock.holding(prepared.home(), () -> make(prepared, List.of(object)));
        Optional<CompileCommand> made = read(prepared, object);
        if (made.isPresent()) {
            return new Step.Done<>(made.get());
        }
        if (outcome instanceof Outcome.Finished f && f.exit() == 0) {
            return new Step.Stopped<>(
                    new CompileOutcome.Refused("Kbuild does not make " + object + " with one run of clang"));
        }
        return new Step.Stopped<>(Logs.failure(outcome));
    }

    private Outcome make(Prepared prepared, List<String> objects) throws IOException {
        List<String> missing = new java.util.ArrayList<>();
        for (String object : objects) {
            if (read(prepared, object).isEmpty()) {
                missing.add(object);
            }
        }
        if (missing.isEmpty()) {
            return new Outcome.Finished(0, "", "");
        }
        return kbuild.make(prepared.source(), prepared.out(), prepared.arch(), missing);
    }

    private static Optional<CompileCommand> read(Prepared prepared, String object) throws IOException {
        int slash = object.lastIndexOf('/') + 1;
        Path file = prepared.out().resolve(object.substring(0, slash) + "." + object.substring(slash) + ".cmd");
        if (!Files2.isPlain(file)) {
            return Optional.empty();
        }
        return CmdFile.parse(Files2.readPlainText(file))
                .flatMap(CmdFile::compilerRun)
                .map(words -> CompileCommand.of(words, prepared.source()));
    }
}
