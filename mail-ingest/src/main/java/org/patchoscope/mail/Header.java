// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

/**
 * One header field of a mail, unfolded, with its bytes read as UTF-8 (else windows-1252) and encoded words (RFC 2047)
 * still encoded, because structured fields must be taken apart before they are decoded.
 */
public record Header(String name, String value) {

    /** The value with encoded words decoded, for text a person reads. */
    public String text() {
        return HeaderText.decodeWords(value);
    }

    /** Field names compare without regard to case. */
    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }
}
