// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

/** How much of one mail is taken in. */
final class MailLimits {
    /** Bytes of one raw mail. No list lets a larger one through; what is larger is cut, and reading it says so. */
    static final int MOST_BYTES = 192 * 1024 * 1024;

    private MailLimits() {}
}
