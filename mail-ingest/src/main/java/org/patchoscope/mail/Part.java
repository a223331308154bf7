// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.Arrays;
import org.patchoscope.mail.text.Charsets;

/**
 * One leaf of a mail's MIME tree with the transfer encoding, line endings, flowed text and inline signature undone: the
 * bytes as the sender had them. The array is not copied; do not write to it.
 *
 * @param type media type, lower case
 * @param fileName the name of an attachment, else empty
 * @param charset as declared, else empty
 * @param attachment true when the mail presents it as a file
 */
public record Part(String type, String fileName, String charset, boolean attachment, byte[] bytes) {
    private static final int LOOKED_AT = 8192;

    /** The bytes as text, in the declared character set where it fits, else UTF-8, else windows-1252. */
    public String text() {
        return Charsets.decode(bytes, charset).text();
    }

    boolean isInlineText() {
        return !attachment && type.equals("text/plain");
    }

    /** Patches come under every type there is; HTML repeats the text in disguise, and what is no text holds a zero byte. */
    public boolean mayHoldDiff() {
        return !isHtml() && (type.startsWith("text/") || isText());
    }

    /** A file of another kind that was only called so is none. */
    private boolean isHtml() {
        return type.equals("text/html") && (fileName.isEmpty() || fileName.matches("(?i).*\\.[sx]?html?"));
    }

    private boolean isText() {
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Part p
                && type.equals(p.type)
                && fileName.equals(p.fileName)
                && charset.equals(p.charset)
                && attachment == p.attachment
                && Arrays.equals(bytes, p.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return type + (fileName.isEmpty() ? "" : " " + fileName) + " (" + bytes.length + " bytes)";
    }
}
