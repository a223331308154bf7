// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.text.Unpacker;

/** Opens a source by the name a person gives it. */
public final class MailFeeds {
    private static final Pattern GIT_URL = Pattern.compile("(?i)^(?:https?|git|ssh|file)://.+");
    private static final int LOOK = 8192;

    private final Path copies;
    private final InputStream standardInput;
    private final String password;

    /**
     * @param copies where copies of remote archives are kept
     * @param standardInput what {@code -} means
     * @param password for a mail server; it is never part of an address
     */
    public MailFeeds(Path copies, InputStream standardInput, String password) {
        this.copies = copies;
        this.standardInput = standardInput;
        this.password = password;
    }

    /**
     * Opens a place of mail: {@code -}, an mbox or a mail (packed or not), a Maildir or a folder of mails, the directory of
     * a public-inbox archive or of one of its epochs, such an archive's address, or a folder or group on a server.
     *
     * @throws MailInputException when there is no mail at that place, with advice
     */
    public MailFeed open(String text) throws IOException, MailInputException {
        if (text.equals("-")) {
            return new StreamFeed("standard input", standardInput);
        }
        if (text.matches("(?i)imaps?://.*")) {
            return new ImapFeed(ServerAddress.parse(text, ImapFeed.EXAMPLE), password);
        }
        if (text.matches("(?i)nntp://.*")) {
            return new NntpFeed(ServerAddress.parse(text, NntpFeed.EXAMPLE));
        }
        if (GIT_URL.matcher(text).matches()) {
            return new RemoteInboxFeed(text, copies);
        }
        Path path = path(text);
        if (Files.isDirectory(path)) {
            return directory(path, text);
        }
        if (!Files.isReadable(path)) {
            throw new MailInputException(
                    MailInputException.Kind.UNREADABLE, "there is no such file", text, "check the name");
        }
        return isMbox(path) ? new MboxFeed(path) : new StreamFeed("file " + path, Files.newInputStream(path));
    }

    private static MailFeed directory(Path path, String text) throws IOException, MailInputException {
        SequencedMap<Integer, Path> epochs = EpochDirectories.find(path);
        if (!epochs.isEmpty()) {
            return new PublicInboxFeed("public-inbox " + path, epochs);
        }
        List<Path> maildir = Stream.of("cur", "new")
                .map(path::resolve)
                .filter(Files::isDirectory)
                .toList();
        if (!maildir.isEmpty()) {
            return new FilesFeed("maildir " + path, maildir);
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(f -> f.toString().matches("(?i).*\\.(?:eml|patch|mail)"))) {
                return new FilesFeed("folder " + path, List.of(path));
            }
        }
        throw new MailInputException(
                MailInputException.Kind.NOT_MAIL,
                "there is no mail in this directory",
                text,
                "give a Maildir (with cur and new), a public-inbox archive (with git/0.git) or one of its epochs,"
                        + " or a folder of .eml or .patch files");
    }

    private static boolean isMbox(Path file) throws IOException {
        try (InputStream in = Unpacker.unpacked(Files.newInputStream(file))) {
            return org.patchoscope.mail.mbox.MailSource.startsLikeMbox(in.readNBytes(LOOK));
        }
    }

    private static Path path(String text) throws MailInputException {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new MailInputException(
                    MailInputException.Kind.UNREADABLE, "that is no path and no address", text, "check the name");
        }
    }
}
