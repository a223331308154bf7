// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

/**
 * Something odd in one mail that did not stop it from being read. Problems are shown to the person who asks why a patch
 * was read as it was.
 *
 * @param detail what was seen, for people
 */
public record Problem(Kind kind, String detail) {

    /** The fixed kinds; their names are public and stay. */
    public enum Kind {
        /** No Message-ID: one was made from the content. */
        NO_MESSAGE_ID,
        /** No From header with an address. */
        NO_SENDER,
        /** No readable Date header; the date is 1970. */
        NO_DATE,
        /** The declared character set does not exist or does not fit the bytes. */
        CHARSET,
        /** The MIME structure is broken; what could be read was kept. */
        MIME,
        /** There is only HTML text. */
        HTML_ONLY,
        /** A hunk, its header or a file's header is damaged, or a hunk has lines that its header does not count; the detail says where. */
        DAMAGED_DIFF,
        /** Several attachments hold diffs; the first was taken. */
        SEVERAL_DIFFS,
        /** A limit on size, number or depth was reached; the detail says what was left unread. The raw mail is whole. */
        LIMIT
    }
}
