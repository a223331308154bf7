// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.patchoscope.bot.cli.options.Spent;
import org.patchoscope.bot.cli.options.StageClock;
import org.patchoscope.bot.pipeline.ReviewException;

/** Runs Debian's public-inbox-index on a copy of an epoch, with a home of its own, and takes the time. */
final class PublicInboxIndex {
    private PublicInboxIndex() {}

    /**
     * Indexes from nothing.
     *
     * @param level as public-inbox names it: basic is overview and threads, full is also a search index
     * @return how long it took, or nothing when it is not installed
     */
    static Optional<Spent> measure(Path epoch, Path scratch, String level, Consumer<String> say)
            throws IOException, ReviewException {
        if (!Files.isExecutable(Path.of("/usr/bin/public-inbox-index"))) {
            return Optional.empty();
        }
        say.accept("public-inbox-index --indexlevel=" + level);
        Path inbox = scratch.resolve(level);
        run(
                scratch,
                List.of(
                        "public-inbox-init",
                        "-V2",
                        "-L",
                        level,
                        level,
                        inbox.toString(),
                        "http://x.invalid/" + level,
                        level + "@x.invalid"),
                scratch.resolve(level + ".log"));
        Path git = inbox.resolve("git").resolve("0.git");
        copy(epoch, git);
        StageClock watch = StageClock.ofChildren();
        run(scratch, List.of("public-inbox-index", "-L", level, inbox.toString()), scratch.resolve(level + ".log"));
        return Optional.of(watch.spent());
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path path : files.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void run(Path home, List<String> command, Path log) throws IOException, ReviewException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PI_CONFIG", home.resolve("config").toString());
        Process process = builder.start();
        try {
            if (process.waitFor() != 0) {
                throw new ReviewException(
                        command.getFirst() + " failed",
                        log.toString(),
                        Files.readString(log).strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new ReviewException("interrupted", command.getFirst(), "run it again");
        }
    }
}
