// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.util.List;

/**
 * A mail ready to be sent. The {@code message} array is not copied; do not write to it.
 *
 * @param messageId without brackets
 * @param recipients addresses of the envelope
 * @param message as sent, byte for byte
 */
record ReplyMail(String messageId, List<String> recipients, byte[] message) {
    ReplyMail {
        recipients = List.copyOf(recipients);
    }
}
