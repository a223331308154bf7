// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A state given as a directory with the files that differ from the base. */
final class V16 {
    private V16() {}

    static SourceState state(SourceState base, Path changedFiles) throws IOException {
        TreeMap<String, byte[]> replaced = new TreeMap<>();
        List<Path> files;
        try (var walk = Files.walk(changedFiles)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try {
                replaced.put(changedFiles.relativize(file).toString(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new SourceState(base.baseDir(), base.baseId(), replaced, new TreeSet<>());
    }
}
