// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.semantics.work.WorkCancelled;
import org.patchoscope.semantics.work.WorkTime;

/** Makes a review of a series. */
public interface Reviewer {
    /**
     * Reviews it, or says why it cannot be.
     *
     * @param mails of the series, as an mbox
     * @param time after which it ends with what it has found, and which may be cancelled
     * @throws WorkCancelled where it was
     * @throws Exception where it is worth another try
     */
    @SuppressWarnings("JavaLangThrowsException") // Whatever goes wrong here is retried, and told in the end.
    Outcome review(StoredSeries series, byte[] mails, WorkTime time) throws Exception;
}
