// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.io.IOException;
import java.util.Optional;
import org.patchoscope.mail.MessageId;

/** Finds the series that a Message-ID belongs to. */
public interface SeriesLookup {
    /**
     * A series with its other versions.
     *
     * @param series the one with the mail in it; for a reply that of the nearest mail above it, else the newest of the thread
     * @param topic all postings of the same work, that series among them
     */
    record Found(Series series, Topic topic) {}

    /** Empty when no mail with that id is known, or its thread holds no series. */
    Optional<Found> find(MessageId id) throws IOException;
}
