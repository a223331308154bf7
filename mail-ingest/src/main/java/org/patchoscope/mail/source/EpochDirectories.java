// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the git directories of an archive: {@code git/0.git}, {@code git/1.git}, … or a single one. */
final class EpochDirectories {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,6})\\.git");

    private EpochDirectories() {}

    /** By epoch, ascending; empty when there is none. A repository given by itself is epoch 0. */
    static SequencedMap<Integer, Path> find(Path path) throws IOException {
        TreeMap<Integer, Path> epochs = new TreeMap<>();
        if (isGit(path)) {
            epochs.put(0, path);
        } else if (isGit(path.resolve(".git"))) {
            epochs.put(0, path.resolve(".git"));
        } else if (Files.isDirectory(path.resolve("git"))) {
            try (Stream<Path> found = Files.list(path.resolve("git"))) {
                for (Path candidate : found.toList()) {
                    Matcher m = NUMBER.matcher(String.valueOf(candidate.getFileName()));
                    if (m.matches() && isGit(candidate)) {
                        epochs.put(Integer.parseInt(m.group(1)), candidate);
                    }
                }
            }
        }
        return Collections.unmodifiableSequencedMap(epochs);
    }

    private static boolean isGit(Path path) {
        return Files.isRegularFile(path.resolve("HEAD")) && Files.isDirectory(path.resolve("objects"));
    }
}
