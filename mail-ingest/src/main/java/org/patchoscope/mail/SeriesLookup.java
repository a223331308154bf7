// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.io.IOException;
import java.util.Optional;

/** Finds the series that a Message-ID belongs to. */
public interface SeriesLookup {
    /**
     * A series with its other versions.
     *
     * @param series the one with the mail in it, or the newest of the thread when the mail is a reply
     * @param topic all postings of the same work, that series among them
     */
    record Found(Series series, Topic topic) {}

    /** Empty when no mail with that id is known, or its thread holds no series. */
    Optional<Found> find(MessageId id) throws IOException;
}
