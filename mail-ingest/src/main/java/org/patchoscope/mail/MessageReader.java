// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.mail.text.Bytes;
import org.patchoscope.mail.text.Charsets;

/** Makes a {@link Message} of one raw mail. Never fails: what is odd becomes a {@link Problem}. */
public final class MessageReader {

    /** Ids of one header; longer chains exist in forged mail only. */
    private static final int MOST_IDS = 1000;

    /** How ids end that were made. */
    public static final String MADE = "@no-message-id.invalid";

    private final List<Problem> problems = new ArrayList<>();

    private MessageReader() {}

    public static Message read(byte[] raw) {
        return new MessageReader().message(raw);
    }

    private Message message(byte[] raw) {
        MimeTree tree = MimeTree.read(raw);
        problems.addAll(tree.problems());
        List<Header> headers = tree.headers();
        String subject = first(headers, "Subject").map(HeaderText::decodeWords).orElse("");
        return new Message(
                id(headers, raw),
                subject,
                sender(headers),
                date(headers),
                ids(headers, "In-Reply-To"),
                ids(headers, "References"),
                body(tree.parts()),
                raw,
                problems,
                headers,
                tree.parts(),
                SubjectLine.parse(subject));
    }

    private MessageId id(List<Header> headers, byte[] raw) {
        Optional<MessageId> own = first(headers, "Message-ID")
                .flatMap(value -> MessageId.all(value).stream().findFirst().or(() -> MessageId.whole(value)));
        return own.orElseGet(() -> {
            MessageId made = new MessageId(digest(raw) + MADE);
            problems.add(new Problem(Problem.Kind.NO_MESSAGE_ID, "made " + made));
            return made;
        });
    }

    private static String digest(byte[] raw) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(raw);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Address sender(List<Header> headers) {
        Address from = first(headers, "From").map(Address::parse).orElse(Address.NOBODY);
        if (from.equals(Address.NOBODY)) {
            problems.add(
                    new Problem(Problem.Kind.NO_SENDER, first(headers, "From").orElse("no From header")));
        }
        return from;
    }

    private Instant date(List<Header> headers) {
        Optional<String> written = first(headers, "Date");
        return written.flatMap(HeaderText::date).orElseGet(() -> {
            problems.add(new Problem(Problem.Kind.NO_DATE, written.orElse("no Date header")));
            return Instant.EPOCH;
        });
    }

    private List<MessageId> ids(List<Header> headers, String name) {
        Set<MessageId> ids = new LinkedHashSet<>();
        headers.stream().filter(h -> h.is(name)).forEach(h -> ids.addAll(MessageId.all(h.value())));
        if (ids.size() <= MOST_IDS) {
            return List.copyOf(ids);
        }
        problems.add(new Problem(Problem.Kind.LIMIT, name + " has " + ids.size() + " ids, the last are read"));
        // The nearest mails come last, and they are the ones that matter.
        return List.copyOf(ids).subList(ids.size() - MOST_IDS, ids.size());
    }

    private static Optional<String> first(List<Header> headers, String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    private String body(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.isInlineText()) {
                append(text, part);
            }
        }
        if (text.isEmpty()) {
            Optional<Part> other =
                    parts.stream().filter(p -> p.type().startsWith("text/")).findFirst();
            other.filter(p -> p.type().equals("text/html"))
                    .ifPresent(p -> problems.add(new Problem(Problem.Kind.HTML_ONLY, "no text/plain part")));
            other.ifPresent(p -> append(text, p));
        }
        return text.toString();
    }

    private void append(StringBuilder text, Part part) {
        Charsets.Decoded decoded = Charsets.decode(part.bytes(), part.charset());
        if (!decoded.asDeclared()) {
            problems.add(new Problem(Problem.Kind.CHARSET, "declared '" + part.charset() + "'"));
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        text.append(decoded.text());
    }

    /** The body of a mail that MIME parsing gave up on. */
    static byte[] afterHeaders(byte[] raw) {
        for (Bytes.Line line : Bytes.lines(raw)) {
            if (line.isBlank()) {
                return java.util.Arrays.copyOfRange(raw, line.end(), raw.length);
            }
        }
        return new byte[0];
    }

    static String headerText(byte[] bytes) {
        return Charsets.decode(bytes, StandardCharsets.UTF_8.name()).text();
    }
}
