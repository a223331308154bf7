// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text from mail in the form in which both databases take it. */
final class StoredText {
    private static final int LONGEST_KEY = 250;
    private static final int LONGEST_TEXT = 100_000;
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /** No NUL and no half of a surrogate pair, which PostgreSQL refuses; cut where no person would read on. */
    static String clean(String text) {
        String bounded = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(bounded);
            }
        }
        return bounded;
    }

    /** A text to compare by: itself, or its start and a digest when it is too long for an index. */
    static String key(String text) {
        String clean = clean(text);
        return clean.length() <= LONGEST_KEY
                ? clean
                : clean.substring(0, 150) + " " + sha256(clean.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return out.toString();
    }
}
