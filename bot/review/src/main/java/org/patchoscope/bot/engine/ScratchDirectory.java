// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone when it is closed. */
public record ScratchDirectory(Path path) implements AutoCloseable {
    public static ScratchDirectory create(String what) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("patchoscope-" + what));
    }

    /** One below {@code parent}, for what is large or must be on the same file system. */
    public static ScratchDirectory create(Path parent, String what) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(Files.createDirectories(parent), what));
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }

    /** Deletes a file, or a directory with all that is in it. */
    public static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        }
    }
}
