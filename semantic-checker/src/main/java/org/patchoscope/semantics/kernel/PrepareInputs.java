// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The source files that {@code make prepare} read to make generated headers. A state that changes one of them may have
 * other generated headers, e.g. thread_info.h and asm-offsets.h.
 */
final class PrepareInputs {
    static final String FILE = "prepare-inputs";

    private PrepareInputs() {}

    /** Collects them from Kbuild's notes; to be called before anything else is built there. */
    static SortedSet<String> collect(Path source, Path out) throws IOException {
        SortedSet<String> inputs = new TreeSet<>();
        List<Path> notes;
        try (Stream<Path> files = Files.walk(out)) {
            notes = files.filter(file -> file.toString().endsWith(".cmd") && Files2.isPlain(file))
                    .toList();
        }
        for (Path note : notes) {
            Optional<CmdFile> parsed = CmdFile.parse(Files2.readPlainText(note));
            if (parsed.isPresent()) {
                // Scripts and tables are arguments of the command and not in the dependency list.
                parsed.get().commands().forEach(words -> words.forEach(word -> add(inputs, source, out, word)));
                parsed.get().deps().forEach(dep -> add(inputs, source, out, dep));
            }
        }
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
}
