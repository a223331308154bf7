// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CmdFile;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.DirLock;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.sandbox.CommandOutcome;

/** Gets compile commands from Kbuild, a top directory at a time, and with them what the configuration includes. */
final class Commands {
    private static final Pattern OBJ =
            Pattern.compile("obj-(?:y|\\$\\((CONFIG_[A-Z0-9_]+)\\))\\s*\\+=\\s*([a-z0-9_]+/)");

    private final Kbuild kbuild;
    private final ConcurrentMap<Path, CompileCommand> known = new ConcurrentHashMap<>();

    Commands(Kbuild kbuild) {
        this.kbuild = kbuild;
    }

    /** The command of an object; {@link CompileOutcome.NotIncluded} if the configured kernel does not have it. */
    Step<CompileCommand> command(Prepared prepared, String object) throws IOException {
        Path key = prepared.out().resolve(object);
        CompileCommand before = known.get(key);
        if (before != null) {
            return new Step.Done<>(before);
        }
        Step<CompileCommand> found = look(prepared, object);
        if (found instanceof Step.Done<CompileCommand>(CompileCommand command)) {
            known.put(key, command);
        }
        return found;
    }

    private Step<CompileCommand> look(Prepared prepared, String object) throws IOException {
        String top = topDirectory(prepared, object);
        switch (included(prepared, top)) {
            case NO -> {
                return notIncluded(top + " is left out as a whole");
            }
            case UNKNOWN -> {
                return alone(prepared, object);
            }
            case YES -> {}
        }
        Path listing = listing(prepared, top);
        Optional<CompileCommand> listed = CommandListing.find(listing, object)
                .map(words -> CompileCommand.of(words, prepared.source()))
                // Not in a dry run is what is made already, by the preparation.
                .or(() -> made(prepared, object));
        if (listed.isPresent()) {
            return new Step.Done<>(listed.get());
        }
        return CommandListing.isComplete(listing)
                ? notIncluded("Kbuild does not compile it below " + top)
                : alone(prepared, object);
    }

    private static Step<CompileCommand> notIncluded(String why) {
        return new Step.Stopped<>(new CompileOutcome.NotIncluded(why));
    }

    private static String topDirectory(Prepared prepared, String object) {
        String arch = "arch/" + prepared.arch().sourceDir() + "/";
        return object.startsWith(arch) ? arch : object.substring(0, object.indexOf('/') + 1);
    }

    private enum Included {
        YES,
        NO,
        UNKNOWN
    }

    /** Whether the kernel's top Kbuild file descends into a directory; asked for it, make descends in any case. */
    private static Included included(Prepared prepared, String top) throws IOException {
        if (top.startsWith("arch/")) {
            return Included.YES;
        }
        Path file = prepared.source().resolve("Kbuild");
        if (!CacheFiles.isPlain(file)) {
            return Included.UNKNOWN;
        }
        for (String line : CacheFiles.readPlainText(file).lines().toList()) {
            Matcher matcher = OBJ.matcher(line);
            if (matcher.matches() && matcher.group(2).equals(top)) {
                String option = matcher.group(1);
                boolean on = option == null || !prepared.config().value(option).equals("n");
                return on ? Included.YES : Included.NO;
            }
        }
        return Included.UNKNOWN;
    }

    private Path listing(Prepared prepared, String top) throws IOException {
        Path file = prepared.home().resolve("commands").resolve(top.replace('/', '_'));
        if (!Files.exists(file)) {
            DirLock.holding(prepared.home(), () -> {
                if (!Files.exists(file)) {
                    // The architecture's library is built beside its directory, not from it (libs-y).
                    List<String> targets = top.startsWith("arch/")
                                    && Files.isDirectory(prepared.source().resolve(top + "lib"))
                            ? List.of(top, top + "lib/")
                            : List.of(top);
                    CommandOutcome outcome = kbuild.dryRun(prepared, targets);
                    boolean complete = outcome instanceof CommandOutcome.Finished f && f.exit() == 0;
                    CommandListing.write(file, complete, commands(outcome));
                }
                return file;
            });
        }
        return file;
    }

    private static SortedMap<String, List<String>> commands(CommandOutcome outcome) {
        return CommandListing.parse(outcome instanceof CommandOutcome.Finished f ? f.stdout() : "");
    }

    /** Asks for one object, whatever directory it is in; says nothing about whether the kernel includes it. */
    private Step<CompileCommand> alone(Prepared prepared, String object) throws IOException {
        CommandOutcome outcome = DirLock.holding(prepared.home(), () -> kbuild.dryRun(prepared, List.of(object)));
        List<String> words = commands(outcome).get(object);
        if (words != null) {
            return new Step.Done<>(CompileCommand.of(words, prepared.source()));
        }
        return outcome instanceof CommandOutcome.Finished f && f.exit() == 0
                ? new Step.Stopped<>(
                        new CompileOutcome.Refused("Kbuild does not make " + object + " with one run of clang"))
                : new Step.Stopped<>(Logs.failure(outcome));
    }

    private static Optional<CompileCommand> made(Prepared prepared, String object) {
        return note(prepared, object)
                .flatMap(CmdFile::compilerRun)
                .map(words -> CompileCommand.of(words, prepared.source()));
    }

    /** What Kbuild noted about a file that it made. */
    static Optional<CmdFile> note(Prepared prepared, String target) {
        int slash = target.lastIndexOf('/') + 1;
        Path file = prepared.out().resolve(target.substring(0, slash) + "." + target.substring(slash) + ".cmd");
        try {
            return CacheFiles.isPlain(file) ? CmdFile.parse(CacheFiles.readPlainText(file)) : Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
