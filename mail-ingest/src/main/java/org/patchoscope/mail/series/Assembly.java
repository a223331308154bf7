// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;
import org.patchoscope.mail.mbox.MailInputException;

/**
 * What a heap of mail turned out to be.
 *
 * @param series every posting, grouped by topic, newest version last
 * @param suggestions diffs in replies
 * @param unassembled all other mail, each with a reason
 * @param topics the same series, linked
 */
public record Assembly(
        List<Series> series, List<Suggestion> suggestions, List<Unassembled> unassembled, List<Topic> topics) {

    public Assembly {
        series = List.copyOf(series);
        suggestions = List.copyOf(suggestions);
        unassembled = List.copyOf(unassembled);
        topics = List.copyOf(topics);
    }

    /**
     * The newest posting of the only or latest topic, for callers that want one answer.
     *
     * @param where what the mail came from, for the error
     * @throws MailInputException of kind NO_PATCH when there is no series at all
     */
    public Series newest(String where) throws MailInputException {
        if (series.isEmpty()) {
            throw new MailInputException(
                    MailInputException.Kind.NO_PATCH,
                    "there is mail in it, but no patch (" + unassembled.size() + " other mails, " + suggestions.size()
                            + " diffs in replies)",
                    where,
                    "give the mails that carry the diffs, not only the discussion");
        }
        return series.getLast();
    }
}
