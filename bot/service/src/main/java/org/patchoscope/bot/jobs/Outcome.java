// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.store.Reason;

/** What became of a series that was taken up. What may go better the next time is an exception instead. */
public sealed interface Outcome {
    /** It was reviewed. */
    record Reviewed(Review review) implements Outcome {}

    /** It will not be, however often it is tried. */
    record Refused(Reason reason, String detail) implements Outcome {}
}
