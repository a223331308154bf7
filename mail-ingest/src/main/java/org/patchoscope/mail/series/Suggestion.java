// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/**
 * A diff proposed in a reply: a unit of its own, never a part of the series it answers.
 *
 * @param inReplyTo the mails it names as answered
 */
public record Suggestion(Patch patch, List<MessageId> inReplyTo) {

    public Suggestion {
        inReplyTo = List.copyOf(inReplyTo);
    }

    public Message message() {
        return patch.message();
    }
}
