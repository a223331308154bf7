// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Duration;
import java.util.Set;

/**
 * What a list wants.
 *
 * @param mode whether anything is sent
 * @param audience of a mail that has findings
 * @param positive whether a mail is sent that has none
 * @param delay after the review, for people to answer first
 * @param mostPerDay mails to the list a day
 * @param answers where commands by mail are answered
 * @param optedOut addresses, in lower case, that want no mail
 */
public record Policy(
        Mode mode,
        Audience audience,
        Positive positive,
        Duration delay,
        int mostPerDay,
        Answers answers,
        Set<String> optedOut) {
    /** Of a list without an entry of its own: nobody is enrolled by default. */
    public static final Policy NONE =
            new Policy(Mode.OFF, Audience.AUTHOR, Positive.NONE, Duration.ofHours(4), 10, Answers.PAGE, Set.of());

    /** Makes a policy. */
    public Policy {
        optedOut = Set.copyOf(optedOut);
    }

    /** Whether anything is sent. */
    public enum Mode {
        /** Nothing; the outbox shows what would be. */
        OFF,
        /** What a person lets go. */
        MODERATED,
        ON
    }

    /** Who gets it. */
    public enum Audience {
        AUTHOR,
        /** The author, and the list in Cc. */
        LIST
    }

    /** Where commands by mail are answered. */
    public enum Answers {
        /** On the page of their series. */
        PAGE,
        /** There, and by mail to who gave them, as the mode has it. */
        MAIL
    }

    /** Who gets "nothing found". */
    public enum Positive {
        NONE,
        AUTHOR,
        LIST
    }
}
