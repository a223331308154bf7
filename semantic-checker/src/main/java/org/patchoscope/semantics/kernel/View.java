// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where commands run and which files they see there.
 *
 * @param prepared the configured directory: the base's, or one of a tree made for the state
 * @param state the source state shown
 * @param overlaid the files that an overlay must show; none in a tree made for the state
 */
record View(Prepared prepared, SourceState state, SortedMap<String, byte[]> overlaid) {
    View {
        overlaid = Collections.unmodifiableSortedMap(new TreeMap<>(overlaid));
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
