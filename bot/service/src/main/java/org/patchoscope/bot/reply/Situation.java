// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.time.Instant;
import java.util.Set;

/**
 * All that a decision looks at besides the policy: the review in numbers, and what was done before.
 *
 * @param reviewed when
 * @param standing findings of patches that no later patch is known to undo, and that nobody wants untold
 * @param undone findings that a later patch undoes
 * @param untold findings that are not told because somebody asked for that
 * @param complete whether every patch was analysed, and anything of the series is built at all
 * @param claimsFail whether a changelog promises what does not hold
 * @param author address, in lower case
 * @param automatic whether the series' mail says that no person sent it
 * @param laterVersion whether a later version of the series has come
 * @param stopped whether somebody asked that nothing more be written about the topic
 * @param answered whether this series was answered before
 * @param old whether the series was posted so long ago that nobody waits for an answer
 * @param sentToday mails sent to this list today
 * @param unreachable who of the recipients could not be reached lately, or empty
 */
public record Situation(
        Instant reviewed,
        int standing,
        int undone,
        int untold,
        boolean complete,
        boolean claimsFail,
        String author,
        boolean automatic,
        boolean laterVersion,
        boolean stopped,
        boolean answered,
        boolean old,
        int sentToday,
        String unreachable) {
    boolean hasFindings() {
        return standing > 0;
    }

    boolean optedOut(Set<String> addresses) {
        return addresses.contains(author);
    }
}
