// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the commands of a mail are answered by mail: a function of the policy and the situation. On the page of their series
 * they always are.
 */
final class AnswerDecision {
    /** Of an address in a day. Two programs that answer each other stop here, if nothing else stops them. */
    static final int MOST_A_DAY = 10;

    private AnswerDecision() {}

    /**
     * What is known of the mail.
     *
     * @param seriesKnown whether it is about a series of ours, and so of a list with a policy
     * @param tellable whether any of its commands may be answered by mail: a forged one would be answered to whom the forger
     *     named
     * @param stopped whether somebody asked, with these commands or before, for no more mail about the topic
     * @param ourselves whether it claims to come from us
     * @param old whether it was written so long ago that nobody waits for an answer
     * @param unreachable whether mail to the sender came back lately
     * @param answeredToday mails of this kind that the sender got in a day
     */
    record Situation(
            String sender,
            boolean seriesKnown,
            boolean tellable,
            boolean stopped,
            boolean ourselves,
            boolean old,
            boolean unreachable,
            int answeredToday,
            Instant now) {}

    static Action of(Policy policy, Situation at) {
        Optional<String> never = never(policy, at);
        if (never.isPresent()) {
            return new Action.Silence(List.of(never.get()));
        }
        if (policy.answers() == Policy.Answers.PAGE) {
            return preview("The list wants commands answered on the page: this is shown and not sent.");
        }
        return switch (policy.mode()) {
            case OFF -> preview("The list has not asked for mail: this is shown and not sent.");
            case MODERATED ->
                new Action.Moderate(Policy.Audience.AUTHOR, at.now, List.of("The list wants a person to let it go."));
            case ON -> new Action.Send(Policy.Audience.AUTHOR, at.now, List.of("Commands are answered by mail."));
        };
    }

    private static Action preview(String reason) {
        return new Action.Preview(Policy.Audience.AUTHOR, List.of(reason));
    }

    private static Optional<String> never(Policy policy, Situation at) {
        if (!at.tellable) {
            return Optional.of("It may be forged, or nothing may be said to its sender: answered on the page only.");
        }
        if (!at.seriesKnown) {
            return Optional.of("It is about no series of this service.");
        }
        if (at.ourselves) {
            return Optional.of("It claims to come from this service itself.");
        }
        if (at.stopped) {
            return Optional.of("No more mail is wanted about this topic.");
        }
        if (policy.optedOut().contains(at.sender)) {
            return Optional.of("The sender wants no mail.");
        }
        if (at.old) {
            return Optional.of("It was written long ago.");
        }
        if (at.unreachable) {
            return Optional.of("Mail to the sender came back within the last 30 days.");
        }
        return at.answeredToday >= MOST_A_DAY
                ? Optional.of("The sender got " + MOST_A_DAY + " answers within a day; others are on the page.")
                : Optional.empty();
    }
}
