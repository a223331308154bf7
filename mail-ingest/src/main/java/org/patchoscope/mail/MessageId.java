// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a mail (RFC 5322, 3.6.4), without its angle brackets. Two ids are equal when they agree after
 * percent-decoding and without regard to case: archives and web pages rewrite both.
 */
public record MessageId(String value) {

    private static final Pattern BRACKETED = Pattern.compile("<([^<>]{3,998})>");
    private static final Pattern BARE = Pattern.compile("[^\\s<>()\",;@]{1,250}@[^\\s<>()\",;]{1,748}");
    /** Of a header without any angle bracket so many characters are searched. */
    private static final int LONGEST_BARE = 16_384;

    private static final Pattern PREFIX = Pattern.compile("(?i)^(?:id|rfc822msgid|mid|message-id):\\s*");
    private static final Pattern RUN = Pattern.compile("^(.+)-\\d{1,4}-([^@]*@.+)$");
    private static final Pattern URL = Pattern.compile("(?i)^https?://\\S+$");

    public MessageId {
        value = unbracket(value.strip());
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a message id is not empty");
        }
    }

    /**
     * Reads an id in any spelling people paste: bare, in angle brackets, with {@code id:} or {@code rfc822msgid:}, or as
     * the address of a mail on lore or a patchwork. Empty when the text holds no id.
     */
    public static Optional<MessageId> parse(String text) {
        String rest = PREFIX.matcher(text.strip()).replaceFirst("");
        if (URL.matcher(rest).matches()) {
            return fromUrl(rest);
        }
        String bare = unbracket(rest);
        return bare.indexOf('@') > 0 && BARE.matcher(bare).matches()
                ? Optional.of(new MessageId(bare))
                : Optional.empty();
    }

    /** The whole text as an id, as odd ones are; empty when nothing is left without brackets and blanks. */
    static Optional<MessageId> whole(String text) {
        String bare = unbracket(text.strip());
        return bare.isEmpty() ? Optional.empty() : Optional.of(new MessageId(bare));
    }

    /**
     * All ids of an In-Reply-To or References value, in order, each once. Real headers hold several ids, none, comments,
     * ids without brackets and ids broken over lines; what is no id is passed over.
     */
    public static List<MessageId> all(String header) {
        Set<MessageId> found = new LinkedHashSet<>();
        Matcher bracketed = BRACKETED.matcher(header);
        while (bracketed.find()) {
            if (bracketed.group(1).indexOf('@') > 0) {
                add(found, bracketed.group(1));
            }
        }
        if (found.isEmpty()) {
            Matcher bare = BARE.matcher(header.substring(0, Math.min(header.length(), LONGEST_BARE)));
            while (bare.find()) {
                add(found, bare.group());
            }
        }
        return List.copyOf(found);
    }

    /** What is before and behind the number in an id that git send-email made: equal for the mails of one run. */
    public record Run(String before, String after) {}

    /** The run of git send-email that made it, if it looks like such an id. */
    public Optional<Run> run() {
        Matcher m = RUN.matcher(key());
        return m.matches() ? Optional.of(new Run(m.group(1), m.group(2))) : Optional.empty();
    }

    /** The form in which ids are compared and stored as keys. */
    public String key() {
        return decode(value).toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId id && key().equals(id.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** The id as a mail header spells it. */
    @Override
    public String toString() {
        return "<" + value + ">";
    }

    private static void add(Set<MessageId> found, String text) {
        // A long id may be folded: blanks inside it come from the fold, not from the sender.
        boolean folded = text.chars().anyMatch(Character::isWhitespace);
        String joined = folded ? text.replaceAll("\\s+", "") : text;
        if (!joined.isEmpty()) {
            found.add(new MessageId(joined));
        }
    }

    private static Optional<MessageId> fromUrl(String url) {
        String path = url.replaceFirst("(?i)^https?://[^/]+", "").replaceFirst("[?#].*$", "");
        for (String segment : path.split("/")) {
            String decoded = unbracket(decode(segment).strip());
            // ".../patch/<id>/" and ".../T/#t": the id is the one segment with an at-sign inside.
            if (decoded.indexOf('@') > 0
                    && !decoded.startsWith("@")
                    && BARE.matcher(decoded).matches()) {
                return Optional.of(new MessageId(decoded));
            }
        }
        return Optional.empty();
    }

    /** Takes all pairs of brackets around it, so that an id is the same when it is read from where it was stored. */
    private static String unbracket(String text) {
        int start = 0;
        int end = text.length();
        while (end - start > 1 && text.charAt(start) == '<' && text.charAt(end - 1) == '>') {
            start++;
            end--;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        return text.substring(start, end);
    }

    /** Decodes %XX and leaves a stray percent sign as it is; plus signs are part of ids and stay. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length() && isHex(text.charAt(i + 1)) && isHex(text.charAt(i + 2))) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
