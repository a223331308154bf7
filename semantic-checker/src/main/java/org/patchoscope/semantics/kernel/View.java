// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchoscope.semantics.kernel.files.FileFacts;
import org.patchoscope.semantics.kernel.files.FileMemo;

/**
 * Where commands run and which files they see there.
 *
 * @param prepared the configured directory: the base's, or one of a tree made for the state
 * @param state the source state shown
 * @param overlaid the source files that an overlay must show; none in a tree made for the state
 * @param generated the generated headers that an overlay must show, relative to the output directory
 */
record View(
        Prepared prepared, SourceState state, SortedMap<String, byte[]> overlaid, SortedMap<String, byte[]> generated) {
    View {
        overlaid = Collections.unmodifiableSortedMap(new TreeMap<>(overlaid));
        generated = Collections.unmodifiableSortedMap(new TreeMap<>(generated));
    }

    /** A state without any difference from what {@code prepared} was made from, or whose differences are in its tree. */
    static View of(Prepared prepared, SourceState state) {
        return new View(prepared, state, new TreeMap<>(), new TreeMap<>());
    }

    /** What an overlay must show, by the path that the compiler asks for. */
    SortedMap<Path, byte[]> overlay() {
        SortedMap<Path, byte[]> files = new TreeMap<>();
        overlaid.forEach((path, content) -> files.put(prepared.source().resolve(path), content));
        generated.forEach((path, content) -> files.put(prepared.out().resolve(path), content));
        return files;
    }

    /** A file read by a compiler, as {@code S:path} in the source tree or {@code O:path} among generated ones. */
    String name(String dependency) {
        Path path = prepared.out().resolve(dependency).normalize();
        if (path.startsWith(prepared.out())) {
            return "O:" + prepared.out().relativize(path);
        }
        if (path.startsWith(prepared.source())) {
            return "S:" + prepared.source().relativize(path);
        }
        return "X:" + path;
    }

    FileFacts facts(FileMemo memo, String name) throws IOException {
        String path = name.substring(2);
        if (name.startsWith("O:")) {
            byte[] regenerated = generated.get(path);
            if (regenerated != null) {
                return memo.of(regenerated);
            }
            return memo.of(prepared.out().resolve(path));
        }
        byte[] replacement = state.replaced().get(path);
        if (replacement != null) {
            return memo.of(replacement);
        }
        if (state.deleted().contains(path) || !Files.exists(state.baseDir().resolve(path))) {
            throw new NoSuchFileException(path);
        }
        return memo.of(state.baseDir().resolve(path));
    }
}
