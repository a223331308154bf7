// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One piece of work through its postings: all versions and resends that are linked by thread, by title or by content.
 *
 * @param series oldest version first, a resend after what it repeats
 */
public record Topic(List<Series> series) {
    private static final Comparator<Series> ORDER = Comparator.comparingInt(Series::version)
            .thenComparing(Series::date)
            .thenComparing(s -> s.root().key());

    public Topic {
        series = List.copyOf(series);
    }

    /** Puts the postings of one piece of work in order. */
    public static Topic ofPostings(Collection<Series> postings) {
        return new Topic(postings.stream().sorted(ORDER).toList());
    }

    /** The newest posting. */
    public Series newest() {
        return series.getLast();
    }
}
