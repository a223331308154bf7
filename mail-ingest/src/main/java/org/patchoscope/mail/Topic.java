// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.List;

/**
 * One piece of work through its postings: all versions and resends that are linked by thread, by title or by content.
 *
 * @param series oldest version first, a resend after what it repeats
 */
public record Topic(List<Series> series) {

    public Topic {
        series = List.copyOf(series);
    }

    /** The newest posting. */
    public Series newest() {
        return series.getLast();
    }
}
