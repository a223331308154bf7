// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * A public-inbox archive at an address. Its epochs are copied, and brought up to date by what is new, before they are read
 * like a local archive. Epochs are looked for under {@code <address>/0} (as servers offer them) and
 * {@code <address>/git/0.git} (as they lie in a directory), upwards until one is missing; else the address is one epoch.
 */
final class RemoteInboxFeed implements MailFeed {
    private static final int MOST_EPOCHS = 1000;
    private static final int TIMEOUT_SECONDS = 120;

    private final String address;
    private final Path copy;

    RemoteInboxFeed(String address, Path copies) {
        this.address = address.replaceFirst("/+$", "");
        copy = copies.resolve(Fingerprint.of(this.address.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Override
    public String name() {
        return "public-inbox " + address;
    }

    @Override
    public void read(String position, Sink sink) throws IOException, MailInputException {
        update();
        SequencedMap<Integer, Path> epochs = EpochDirectories.find(copy);
        try (PublicInboxFeed local = new PublicInboxFeed(name(), epochs)) {
            local.read(position, sink);
        }
    }

    private void update() throws IOException, MailInputException {
        for (String pattern : List.of("/%d", "/git/%d.git")) {
            int epoch = 0;
            while (epoch < MOST_EPOCHS
                    && fetch(address + pattern.formatted(epoch), epoch).isEmpty()) {
                epoch++;
            }
            if (epoch > 0) {
                return;
            }
        }
        Optional<GitAPIException> failure = fetch(address, 0);
        if (failure.isPresent()) {
            MailInputException out = new MailInputException(
                    MailInputException.Kind.UNREADABLE,
                    "no archive can be fetched (" + failure.get().getMessage() + ")",
                    address,
                    "give the address of a public-inbox archive or of one of its epochs, and check the network");
            out.initCause(failure.get());
            throw out;
        }
    }

    /** Copies or updates one epoch; what was wrong if it cannot be had. */
    private Optional<GitAPIException> fetch(String from, int epoch) throws IOException {
        Path directory = copy.resolve("git").resolve(epoch + ".git");
        boolean there = Files.exists(directory.resolve("HEAD"));
        if (!there && !answers(from)) {
            return Optional.of(new org.eclipse.jgit.api.errors.TransportException("no repository at " + from));
        }
        try (Git git = there
                ? Git.open(directory.toFile())
                : Git.init().setBare(true).setDirectory(directory.toFile()).call()) {
            // Forced: a rewritten history replaces the copy, and the reader notices.
            git.fetch()
                    .setRemote(from)
                    .setRefSpecs("+refs/heads/*:refs/heads/*")
                    .setTimeout(TIMEOUT_SECONDS)
                    .call();
            return Optional.empty();
        } catch (GitAPIException e) {
            return Optional.of(e);
        }
    }

    private static boolean answers(String address) {
        try {
            return !Git.lsRemoteRepository()
                    .setRemote(address)
                    .setHeads(true)
                    .setTimeout(TIMEOUT_SECONDS)
                    .call()
                    .isEmpty();
        } catch (GitAPIException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // Nothing stays open between two readings.
    }
}
