// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.DepFile;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.sandbox.CommandOutcome;

/** Makes one object of a view, or finds it in the cache. */
final class ObjectCompiler {
    private static final String AUTOCONF = "O:include/generated/autoconf.h";

    private final Path cacheDir;
    private final String toolVersion;
    private final Path toolchainRoot;
    private final CompilerRun compiler;
    private final ObjectCache cache;

    ObjectCompiler(Path cacheDir, String toolVersion, Path toolchainRoot, CompilerRun compiler, ObjectCache cache) {
        this.cacheDir = cacheDir;
        this.toolVersion = toolVersion;
        this.toolchainRoot = toolchainRoot;
        this.compiler = compiler;
        this.cache = cache;
    }

    CompileOutcome compile(View view, CompileCommand command) throws IOException {
        String key = ObjectCache.commandKey(toolVersion, command, view);
        Optional<CompileOutcome.Compiled> known = cache.find(key, view);
        if (known.isPresent()) {
            return known.get();
        }
        try (Work work = Work.create(cacheDir)) {
            return compile(view, command, key, work);
        }
    }

    private CompileOutcome compile(View view, CompileCommand command, String key, Work work) throws IOException {
        Path object = work.out().resolve("out.o");
        Path depFile = work.out().resolve("out.d");
        Path source = view.prepared().source().resolve(command.source());
        List<String> outputs = List.of("-Wp,-MMD," + depFile, command.mode(), "-o", object.toString());
        CommandOutcome outcome = compiler.run(view, command, work, outputs, source);
        if (!CompilerRun.good(outcome, object)) {
            return Logs.failure(outcome);
        }
        List<String> names = DepFile.parse(CacheFiles.readPlainText(depFile)).stream()
                .filter(dep -> !Path.of(dep).startsWith(toolchainRoot))
                .map(view::name)
                // Its content is all options; those that the object reads are in the key by name and value.
                .filter(name -> !name.equals(AUTOCONF))
                .distinct()
                .sorted()
                .toList();
        Optional<String> untracked = untracked(view, names);
        if (untracked.isPresent()) {
            return new CompileOutcome.Refused(untracked.get());
        }
        return cache.store(key, names, view, object);
    }

    /** Files that get into an object past the dependency list would make two different objects look equal. */
    private static Optional<String> untracked(View view, List<String> names) throws IOException {
        for (String name : names) {
            if (name.startsWith("X:")) {
                return Optional.of("it reads a file outside the source tree: " + name.substring(2));
            }
            Optional<byte[]> replaced = view.state().replacement(name.substring(2));
            boolean assembly = name.endsWith(".S") && name.startsWith("S:");
            if (replaced.isPresent() || assembly) {
                byte[] text = replaced.isPresent()
                        ? replaced.get()
                        : Files.readAllBytes(view.prepared().source().resolve(name.substring(2)));
                if (new String(text, java.nio.charset.StandardCharsets.ISO_8859_1).contains(".incbin")) {
                    return Optional.of("a file that comes in by .incbin is not tracked: " + name.substring(2));
                }
            }
        }
        return Optional.empty();
    }
}
