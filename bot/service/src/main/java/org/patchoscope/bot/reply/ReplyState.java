// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.util.Locale;

/** Where a reply is. From {@code SENDING} there is no way back: what may have been sent is not sent again by a program. */
public enum ReplyState {
    SILENT("nothing is said"),
    PREVIEW("shown, not sent"),
    HELD("waits for a person"),
    QUEUED("waits to be sent"),
    SENDING("being sent"),
    SENT("sent"),
    REFUSED("refused by the mail server"),
    REJECTED("not let go"),
    BOUNCED("came back"),
    UNCERTAIN("may have been sent: the program or the server died in between");

    private final String text;

    ReplyState(String text) {
        this.text = text;
    }

    /** As pages say it. */
    public String text() {
        return text;
    }

    /** As the API says it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
