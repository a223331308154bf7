// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lets clang see replaced files at their places in a tree that stays untouched. */
final class Overlay {
    private Overlay() {}

    /** Writes the replaced files and the YAML that maps them below {@code work}; returns the YAML's path. */
    static Path write(Path work, SortedMap<Path, byte[]> replaced) throws IOException {
        SortedMap<Path, Path> mapping = new TreeMap<>();
        Path files = Files.createDirectories(work.resolve("files"));
        int number = 0;
        for (Map.Entry<Path, byte[]> file : replaced.entrySet()) {
            Path copy = files.resolve(Integer.toString(number++));
            Files.write(copy, file.getValue());
            mapping.put(file.getKey(), copy);
        }
        return Files.writeString(work.resolve("overlay.yaml"), yaml(mapping));
    }

    /** Names stay those of the tree ({@code use-external-names}), so __FILE__, lines and dependencies do not change. */
    static String yaml(SortedMap<Path, Path> mapping) {
        String roots = mapping.entrySet().stream()
                .map(e -> "  {\"type\": \"file\", \"name\": " + quote(e.getKey()) + ", \"external-contents\": "
                        + quote(e.getValue()) + "}")
                .collect(Collectors.joining(",\n"));
        return "{\n\"version\": 0,\n\"case-sensitive\": true,\n\"use-external-names\": false,\n\"roots\": [\n" + roots
                + "\n]}\n";
    }

    private static String quote(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
