// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.reply;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.patchoscope.bot.store.Database;
import org.patchoscope.bot.store.Fixtures;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** A mail that may be sent. */
public final class QueuedMail {
    private QueuedMail() {}

    /** Queues it; the review it answers. */
    public static long in(Database database) {
        Clock clock = Clock.systemUTC();
        long series = new SeriesStore(database, clock)
                .add(Fixtures.series("entry: Tidy up", 1))
                .id();
        long review = new ReviewStore(database, clock).add(series, Fixtures.demoReview());
        byte[] mail = "Message-ID: <r@bot.example.org>\r\nSubject: Re: it\r\n\r\nText.\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        new Outbox(database, clock)
                .keep(
                        review,
                        series,
                        "list@lists.example.org",
                        ReplyState.QUEUED,
                        List.of(),
                        Optional.of(new ReplyMail("r@bot.example.org", List.of("jo@example.org"), mail)),
                        clock.instant());
        return review;
    }
}
