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

    /** The bytes as text, in the declared character set where it fits, else UTF-8, else windows-1252. */
    public String text() {
        return Charsets.decode(bytes, charset).text();
    }

    boolean isInlineText() {
        return !attachment && type.equals("text/plain");
    }

    /** Patches come as text/x-patch, text/plain, application/octet-stream or mbox; HTML repeats the text in disguise. */
    public boolean mayHoldDiff() {
        String name = fileName.toLowerCase(java.util.Locale.ROOT);
        boolean patchName = name.endsWith(".patch") || name.endsWith(".diff") || name.endsWith(".txt");
        boolean text = type.startsWith("text/") && !type.equals("text/html");
        return text || patchName || type.contains("patch") || type.contains("diff");
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
