// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Exprs;

/** A digest of the running program's own code, so that another version never reads this one's results. */
public final class ProgramDigest {
    private ProgramDigest() {}

    public static String compute() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> c : List.of(Review.class, Exprs.class, ArchProfile.class)) {
                add(
                        digest,
                        Path.of(c.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException("the program cannot find its own code", e);
        }
    }

    private static void add(MessageDigest digest, Path code) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(code)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path f : files) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(f), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
    }
}
