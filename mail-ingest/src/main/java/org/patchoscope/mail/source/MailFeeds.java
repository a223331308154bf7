// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchoscope.mail.MailInputException;

/** Opens a source by the name a person gives it. */
public final class MailFeeds {
    private MailFeeds() {}

    /**
     * Opens a place of mail: the directory of a public-inbox archive or one of its epochs.
     *
     * @param text a path
     * @throws MailInputException when there is no mail at that place, with advice
     */
    public static MailFeed open(String text) throws IOException, MailInputException {
        Path path = Path.of(text).toAbsolutePath().normalize();
        SequencedMap<Integer, Path> epochs = epochs(path);
        if (!epochs.isEmpty()) {
            return new PublicInboxFeed("public-inbox " + path, epochs);
        }
        throw new MailInputException(
                MailInputException.Kind.NOT_MAIL,
                "there is no mail archive",
                text,
                "give the directory of a public-inbox archive");
    }

    /** The git directories of an archive by epoch; a single git directory is epoch 0. */
    private static SequencedMap<Integer, Path> epochs(Path path) throws IOException {
        TreeMap<Integer, Path> epochs = new TreeMap<>();
        if (isGit(path)) {
            epochs.put(0, path);
        } else if (isGit(path.resolve(".git"))) {
            epochs.put(0, path.resolve(".git"));
        } else if (Files.isDirectory(path.resolve("git"))) {
            try (Stream<Path> found = Files.list(path.resolve("git"))) {
                found.filter(p -> p.getFileName().toString().matches("\\d{1,6}\\.git") && isGit(p))
                        .forEach(p -> epochs.put(
                                Integer.parseInt(p.getFileName().toString().replace(".git", "")), p));
            }
        }
        return Collections.unmodifiableSequencedMap(epochs);
    }

    private static boolean isGit(Path path) {
        return Files.isRegularFile(path.resolve("HEAD")) && Files.isDirectory(path.resolve("objects"));
    }
}
