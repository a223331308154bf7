// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.mbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageReader;
import org.patchoscope.mail.mbox.MailInputException.Kind;
import org.patchoscope.mail.text.Bytes;
import org.patchoscope.mail.text.Unpacker;

/**
 * Reads mail from wherever a person has it: an mbox of any kind, a single mail, either of them packed with gzip or xz, a folder of such
 * files, or a stream (a pipe from b4 or mutt).
 */
public final class MailSource {

    /** No thread on any list comes near; more is a mistake or an attack. Bytes, after unpacking. */
    private static final int MOST_BYTES = 512 * 1024 * 1024;

    private static final Pattern HEADER = Pattern.compile("^[A-Za-z][A-Za-z0-9-]*:(?: .*|\\t.*|)$");
    private static final Pattern MAIL_HEADER =
            Pattern.compile("(?i)^(?:From|Subject|Date|Message-ID|Received|Return-Path|Delivered-To):.*");
    private static final List<String> ENDINGS =
            List.of(".patch", ".eml", ".mbox", ".mbx", ".mbox.gz", ".mbx.gz", ".mbox.xz", ".mbx.xz");

    private MailSource() {}

    /** Reads a file or a folder; the mails of a folder come in the order of the file names. */
    public static List<Message> read(Path path) throws MailInputException {
        if (Files.isDirectory(path)) {
            return readFolder(path);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, path.toString());
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name what to call the stream in errors
     */
    public static List<Message> read(InputStream in, String name) throws MailInputException {
        return read(in, name, MOST_BYTES);
    }

    /**
     * Reads a stream to its end.
     *
     * @param name what to call the stream in errors
     * @param most bytes it may have, after unpacking
     */
    public static List<Message> read(InputStream in, String name, int most) throws MailInputException {
        byte[] bytes = withoutMark(bytes(in, name, most));
        if (new String(bytes, 0, Math.min(bytes.length, 4096), java.nio.charset.StandardCharsets.ISO_8859_1)
                .isBlank()) {
            throw new MailInputException(Kind.EMPTY, "there is nothing in it", name, "give a file with a patch mail");
        }
        if (Mbox.looksLike(bytes)) {
            return mails(bytes, name);
        }
        if (!beginsWithHeaders(bytes)) {
            throw new MailInputException(
                    Kind.NOT_MAIL,
                    "it does not start with mail headers",
                    name,
                    "give an mbox, a mail, or what git format-patch writes (a bare diff has no author and no changelog)");
        }
        return List.of(readMessage(bytes));
    }

    private static List<Message> mails(byte[] mbox, String name) throws MailInputException {
        List<Message> messages = new ArrayList<>();
        try {
            MboxStream stream = new MboxStream(new ByteArrayInputStream(mbox), MOST_BYTES);
            for (var raw = stream.next(); raw.isPresent(); raw = stream.next()) {
                messages.add(readMessage(raw.get().raw()));
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        return List.copyOf(messages);
    }

    /** Whether the bytes a file starts with are those of an mbox. */
    public static boolean startsLikeMbox(byte[] start) {
        return Mbox.looksLike(start);
    }

    /** Whether the bytes a file starts with are headers of a mail. */
    public static boolean startsLikeMail(byte[] start) {
        return beginsWithHeaders(withoutMark(start));
    }

    /** Reads one raw mail (RFC 5322). Never fails; what is odd is in {@link Message#problems()}. */
    public static Message readMessage(byte[] raw) {
        return MessageReader.read(raw);
    }

    private static List<Message> readFolder(Path folder) throws MailInputException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(f ->
                            ENDINGS.stream().anyMatch(f.getFileName().toString().toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder.toString(), e);
        }
        if (files.isEmpty()) {
            throw new MailInputException(
                    Kind.EMPTY,
                    "no mail file in this folder",
                    folder.toString(),
                    "put files ending in " + String.join(", ", ENDINGS) + " there");
        }
        List<Message> messages = new ArrayList<>();
        for (Path file : files) {
            messages.addAll(read(file));
        }
        return List.copyOf(messages);
    }

    private static byte[] bytes(InputStream in, String name, int most) throws MailInputException {
        try {
            byte[] bytes = Unpacker.unpacked(in).readNBytes(most + 1);
            if (bytes.length > most) {
                throw new MailInputException(
                        Kind.TOO_LARGE, "more than " + most + " bytes", name, "give one thread at a time");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static MailInputException unreadable(String name, IOException e) {
        MailInputException out = new MailInputException(
                Kind.UNREADABLE, "cannot be read (" + e + ")", name, "check that it exists and is whole");
        out.initCause(e);
        return out;
    }

    /** Drops a byte order mark and empty lines, which editors and web mailers put in front. */
    private static byte[] withoutMark(byte[] bytes) {
        int start = bytes.length > 2 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? 3
                : 0;
        while (start < bytes.length && (bytes[start] == '\n' || bytes[start] == '\r')) {
            start++;
        }
        return start == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private static boolean beginsWithHeaders(byte[] bytes) {
        boolean known = false;
        boolean first = true;
        for (Bytes.Line line : Bytes.lines(bytes)) {
            String text = line.text();
            if (text.isEmpty()) {
                break;
            }
            boolean folded = !first && (text.startsWith(" ") || text.startsWith("\t"));
            if (!folded && !HEADER.matcher(text).matches()) {
                // One odd line among headers is a broken relay; one at the very start is no mail.
                if (first) {
                    return false;
                }
                break;
            }
            known |= MAIL_HEADER.matcher(text).matches();
            first = false;
        }
        return known;
    }
}
