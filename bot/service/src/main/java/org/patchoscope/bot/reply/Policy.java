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

    /** What it comes to, as a sentence. */
    public String inWords() {
        String what = switch (mode) {
            case OFF -> "nothing is sent; the outbox shows what would be";
            case MODERATED -> "a reply goes when a person lets it go, " + when();
            case ON -> "a reply goes " + when();
        };
        String positives = switch (positive) {
            case NONE -> "; where nothing is found nothing is said";
            case AUTHOR -> "; where nothing is found the author is told";
            case LIST -> "; where nothing is found the author and the list are told";
        };
        return mode == Mode.OFF
                ? what
                : what + positives + "; commands are answered on their page"
                        + (answers == Answers.MAIL ? " and by mail" : "");
    }

    private String when() {
        return delay.toHours() + " hours after the review at the earliest, to the author"
                + (audience == Audience.LIST ? " and the list" : "") + ", " + mostPerDay + " a day at most";
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
