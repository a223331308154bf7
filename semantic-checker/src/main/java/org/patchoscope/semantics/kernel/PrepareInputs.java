// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CmdFile;

/**
 * What {@code make prepare} made generated headers from. A state that changes such a file may have other generated
 * headers.
 *
 * @param scripted source files read by host tools, scripts and their making: only Kbuild knows what comes out
 * @param compiled targets made by one run of clang on kernel source, e.g. {@code asm-offsets.s}: these can be made again
 */
record PrepareInputs(SortedSet<String> scripted, SortedSet<String> compiled) {
    private static final String FILE = "prepare-inputs";
    private static final String COMPILED = "compiled ";
    private static final String SCRIPTED = "scripted ";

    /** Checks and the module loader's tables; no header that an object of the kernel could include. */
    private static final Pattern WITHOUT_EFFECT =
            Pattern.compile("\\.tmp_missing-syscalls|scripts/mod/(devicetable-offsets\\.s|empty\\.o)");

    private static final Pattern FOR_THE_HOST = Pattern.compile("(scripts|tools|arch/[^/]+/tools)/.*");

    PrepareInputs {
        scripted = Collections.unmodifiableSortedSet(new TreeSet<>(scripted));
        compiled = Collections.unmodifiableSortedSet(new TreeSet<>(compiled));
    }

    /** Collects them from Kbuild's notes; to be called before anything else is built there. */
    static PrepareInputs collect(Path source, Path out) throws IOException {
        SortedSet<String> scripted = new TreeSet<>();
        SortedSet<String> compiled = new TreeSet<>();
        List<Path> notes;
        try (Stream<Path> files = Files.walk(out)) {
            notes = files.filter(file -> file.toString().endsWith(".cmd") && CacheFiles.isPlain(file))
                    .toList();
        }
        for (Path note : notes) {
            Optional<CmdFile> parsed = CmdFile.parse(CacheFiles.readPlainText(note));
            if (parsed.isEmpty()) {
                continue;
            }
            String target = parsed.get().target();
            if (parsed.get().kernelCompilerRun(source).isPresent()
                    && !FOR_THE_HOST.matcher(target).matches()) {
                compiled.add(target);
            } else if (!WITHOUT_EFFECT.matcher(target).matches()) {
                scripted.addAll(sources(parsed.get(), source, out));
            }
        }
        return new PrepareInputs(scripted, compiled);
    }

    /** The source files of a target: also scripts and tables, which are words of the command and no dependencies. */
    static SortedSet<String> sources(CmdFile note, Path source, Path out) {
        SortedSet<String> inputs = new TreeSet<>();
        note.commands().forEach(words -> words.forEach(word -> add(inputs, source, out, word)));
        note.deps().forEach(dep -> add(inputs, source, out, dep));
        return inputs;
    }

    private static void add(SortedSet<String> inputs, Path source, Path out, String word) {
        if (!word.contains("/") || word.startsWith("-") || word.indexOf('\0') >= 0) {
            return;
        }
        Path path = out.resolve(word).normalize();
        if (path.startsWith(source) && !path.startsWith(out) && Files.isRegularFile(path)) {
            inputs.add(source.relativize(path).toString());
        }
    }

    void write(Path home) throws IOException {
        List<String> lines = new ArrayList<>();
        scripted.forEach(path -> lines.add(SCRIPTED + path));
        compiled.forEach(target -> lines.add(COMPILED + target));
        Files.write(home.resolve(FILE), lines);
    }

    static PrepareInputs read(Path home) throws IOException {
        SortedSet<String> scripted = new TreeSet<>();
        SortedSet<String> compiled = new TreeSet<>();
        for (String line : Files.readAllLines(home.resolve(FILE))) {
            if (line.startsWith(COMPILED)) {
                compiled.add(line.substring(COMPILED.length()));
            } else {
                scripted.add(line.substring(SCRIPTED.length()));
            }
        }
        return new PrepareInputs(scripted, compiled);
    }
}
