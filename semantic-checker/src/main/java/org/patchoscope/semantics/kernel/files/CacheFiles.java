// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** What java.nio.file.Files leaves out. */
public final class CacheFiles {
    private static final long MAX_READ = 64L << 20;

    private CacheFiles() {}

    /** Whether a sandboxed command left a file there; a symbolic link could lead to a file of the host. */
    public static boolean isPlain(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads what a sandboxed command wrote. */
    public static byte[] readPlain(Path file) throws IOException {
        if (!isPlain(file)) {
            throw new IOException("not a plain file: " + file);
        }
        if (Files.size(file) > MAX_READ) {
            throw new IOException("too large to read: " + file);
        }
        return Files.readAllBytes(file);
    }

    public static String readPlainText(Path file) throws IOException {
        return new String(readPlain(file), StandardCharsets.ISO_8859_1);
    }

    /** Copies with the dates, by which make sees what is to be made again. */
    public static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    public static void deleteTree(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
