// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.patchoscope.mail.mbox.MailInputException;

/** A place that mail comes from and that can be read on from where reading stopped. */
public interface MailFeed extends Closeable {
    /** What a reader remembers its position under: the same for the same place, in every process. */
    String name();

    /**
     * Delivers all mail after a position, in the order in which it arrived there, and returns. A mail may be delivered
     * again when the place has changed in a way that leaves the position without meaning; none is left out.
     *
     * @param position the last {@link Arrival#position()} that was stored, or empty to begin at the beginning
     * @throws MailInputException when the place is no mail archive, with advice
     * @throws IOException when reading fails half way; what was delivered stays delivered
     */
    void read(String position, Sink sink) throws IOException, MailInputException;

    /**
     * Waits until there may be something new to read: until the place says so, or until a time has passed.
     *
     * @param longest how long to wait at most
     */
    default void awaitNews(Duration longest) throws IOException, InterruptedException {
        Thread.sleep(longest);
    }

    /** Takes mail; reading stops with the exception it throws. */
    @FunctionalInterface
    interface Sink {
        void accept(Arrival arrival) throws IOException;

        /**
         * Told of one mail that cannot be read; reading goes on with the next.
         *
         * @param what which one, and why, for people
         */
        default void unreadable(String what) {}
    }
}
