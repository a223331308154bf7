// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesLookup;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** Series of the store of mail by the id of a mail, for who wants one reviewed that was passed over. */
public final class MailLookup {
    /** Of where such series come from. */
    private static final String SOURCE = "submit";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StoreLocation location;
    private final Clock clock;
    private final Runnable hangs;

    /**
     * Makes one.
     *
     * @param hangs what is done when the store of mail hangs after a failure
     */
    public MailLookup(StoreLocation location, Clock clock, Runnable hangs) {
        this.location = location;
        this.clock = clock;
        this.hangs = hangs;
    }

    /**
     * The series that a mail belongs to; nothing if no mail with that id is in the store, or its thread holds none.
     *
     * @throws IOException when the store cannot be read now
     */
    public Optional<NewSeries> find(MessageId id) throws IOException {
        if (location instanceof StoreLocation.Directory d && d.lastWritten().isEmpty()) {
            return Optional.empty();
        }
        try (MailStore store = MailStore.open(location, PATIENCE, clock, hangs)) {
            return store.find(id).map(this::handedIn);
        }
    }

    /**
     * All mails of the thread that a mail is in, raw, in the order in which they came; none if the store has not got it.
     *
     * @throws IOException when the store cannot be read now
     */
    public List<byte[]> thread(MessageId id) throws IOException {
        if (location instanceof StoreLocation.Directory d && d.lastWritten().isEmpty()) {
            return List.of();
        }
        try (MailStore store = MailStore.open(location, PATIENCE, clock, hangs)) {
            return store.archive().thread(id);
        }
    }

    private NewSeries handedIn(SeriesLookup.Found found) {
        Series series = found.series();
        Set<MessageId> others = found.topic().series().stream()
                .filter(s -> !s.root().equals(series.root()))
                .flatMap(s -> s.messages().stream())
                .map(m -> m.id())
                .collect(Collectors.toSet());
        return new NewSeries(series, SOURCE, clock.instant(), others);
    }
}
