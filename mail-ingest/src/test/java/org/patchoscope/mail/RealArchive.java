// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded real mail that tests read in place, where it is present. */
public final class RealArchive {
    private RealArchive() {}

    /** A file of the corpus; the test is skipped without it. */
    public static Path corpus(String file) {
        Path path = Path.of(System.getProperty("patchoscope.shared", ""))
                .resolve("corpus")
                .resolve(file);
        assumeTrue(Files.exists(path), "no real mail here");
        return path;
    }

    /** The 4,000 mails as a bare repository in a folder. */
    public static Path epoch(Path folder) throws Exception {
        Path repository = folder.resolve("epoch.git");
        Process clone = new ProcessBuilder(
                        "git",
                        "clone",
                        "-q",
                        "--bare",
                        corpus("linux-s390-2026.bundle").toString(),
                        repository.toString())
                .inheritIO()
                .start();
        assertThat(clone.waitFor()).isZero();
        return repository;
    }
}
