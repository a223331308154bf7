// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.regex.Pattern;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.SubjectLine;

/** What a single mail is, as far as it can be told without its neighbours. */
public enum MailKind {
    /** A part of a series, a cover letter or a single patch. */
    POSTING,
    /** A reply with a diff of its own. */
    SUGGESTION,
    /** A reply without one. */
    COMMENT,
    /** A pull request, or a patch mail of one. */
    PULL_REQUEST,
    /** None of these. */
    NOT_A_PATCH;

    private static final Pattern QUOTE = Pattern.compile("(?m)^> ?\\S");

    /** Decides by subject and text; never fails. */
    public static MailKind of(Message message) {
        SubjectLine subject = message.subjectLine();
        if (isAnswer(message, subject)) {
            return PatchReader.hasDiff(message) ? SUGGESTION : COMMENT;
        }
        if (subject.pull()) {
            return PULL_REQUEST;
        }
        boolean claims = subject.patch() || subject.cover() || (subject.counted() && subject.rfc());
        return claims || PatchReader.hasDiff(message) ? POSTING : NOT_A_PATCH;
    }

    /** A reply mark, or the shape of an answer: it names a mail, quotes it, and does not claim to be a patch. */
    private static boolean isAnswer(Message message, SubjectLine subject) {
        return subject.reply()
                || (!subject.patch()
                        && !subject.counted()
                        && !message.inReplyTo().isEmpty()
                        && QUOTE.matcher(message.body()).find());
    }
}
