// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.patchoscope.semantics.kernel.config.KernelConfig;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.kernel.files.FileFacts;
import org.patchoscope.semantics.kernel.files.FileMemo;

/**
 * Objects by content. A command's manifest lists the sets of files that it read in earlier runs; if a state shows the
 * same contents (and values of the options in them) at the same names, the object is known without a run.
 */
final class ObjectCache {
    private final Path root;
    private final FileMemo memo = new FileMemo();

    ObjectCache(Path cacheDir) {
        this.root = cacheDir;
    }

    /** The key of a command before its dependencies are known. */
    static String commandKey(String toolVersion, CompileCommand command, View view) {
        Prepared prepared = view.prepared();
        return new Digest()
                .add(Recipe.VERSION)
                .add(toolVersion)
                .add(prepared.arch().name())
                .addAll(command.normalised(prepared.source(), prepared.out()))
                // A file that is new or gone can change which file an include finds, unseen by the old file list.
                .addAll(view.state().presence())
                .hex();
    }

    Optional<CompileOutcome.Compiled> find(String commandKey, View view) throws IOException {
        Path manifests = manifestDir(commandKey);
        if (!Files.isDirectory(manifests)) {
            return Optional.empty();
        }
        List<Path> candidates;
        try (var files = Files.list(manifests)) {
            candidates = files.filter(file -> file.toString().endsWith(".deps"))
                    .sorted()
                    .toList();
        }
        for (Path candidate : candidates) {
            Optional<CompileOutcome.Compiled> known = known(commandKey, Files.readAllLines(candidate), view);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private Optional<CompileOutcome.Compiled> known(String commandKey, List<String> names, View view)
            throws IOException {
        try {
            CompileOutcome.Compiled compiled = describe(commandKey, names, view);
            return Files.exists(compiled.object()) ? Optional.of(compiled) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // this state lacks a file that the earlier run read
        }
    }

    CompileOutcome.Compiled store(String commandKey, List<String> names, View view, Path object) throws IOException {
        CompileOutcome.Compiled compiled = describe(commandKey, names, view);
        Files.createDirectories(compiled.object().getParent());
        Files.move(object, compiled.object(), StandardCopyOption.ATOMIC_MOVE);
        Path manifest =
                manifestDir(commandKey).resolve(new Digest().addAll(names).hex() + ".deps");
        writeAtomically(manifest, String.join("\n", names) + "\n");
        return compiled;
    }

    private CompileOutcome.Compiled describe(String commandKey, List<String> names, View view) throws IOException {
        Digest digest = new Digest().add(commandKey);
        SortedSet<String> options = new TreeSet<>();
        List<String> sources = new ArrayList<>();
        for (String name : names) {
            FileFacts facts = view.facts(memo, name);
            digest.add(name).add(facts.hash());
            options.addAll(facts.options());
            if (name.startsWith("S:")) {
                sources.add(name.substring(2));
            }
        }
        KernelConfig config = view.prepared().config();
        options.forEach(option -> digest.add(option + "=" + config.value(option)));
        String key = digest.hex();
        return new CompileOutcome.Compiled(objectPath(key), key, sources, options);
    }

    Path objectPath(String key) {
        return root.resolve("objects").resolve(key.substring(0, 2)).resolve(key + ".o");
    }

    private Path manifestDir(String commandKey) {
        return root.resolve("manifests").resolve(commandKey.substring(0, 2)).resolve(commandKey);
    }

    static void writeAtomically(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), "new-", ".tmp");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
