// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.patchoscope.bot.store.MailSources;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.store.StoreException;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.SeriesNews;
import org.patchoscope.mail.store.StoreLocation;

/**
 * Takes in what comes into a store of mail, series and commands, which other programs fill. It has the store open only while it reads, because
 * an embedded one has room for one process. Taking a series twice changes nothing, so a look that is cut off is repeated.
 */
public final class MailFollower {
    private static final Logger LOG = Logger.getLogger(MailFollower.class);

    /** A writer says when it began: what it wrote may be seen as much later as a large batch takes. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A look at a directory that seems not to have changed: its date may be that of our own closing. */
    private static final Duration ANYWAY = Duration.ofMinutes(5);
    /** Series that are read before the store is closed again, for others who wait for it. */
    private static final int BATCH = 40;

    private final StoreLocation location;
    private final MailSources sources;
    private final Intake intake;
    private final List<MailVisitor> visitors;
    private final Instant since;
    private final Clock clock;
    private final Runnable hangs;
    /** What was taken in the last minutes before the cursor, by number of the series. */
    private final Map<Long, SeriesNews.Line> taken = new HashMap<>();

    private Optional<Instant> written = Optional.empty();
    private Instant looked = Instant.EPOCH;

    /**
     * Makes one.
     *
     * @param visitors what else is looked for while the store is open
     * @param since series posted before are passed over
     * @param hangs what is done when the store of mail hangs after a failure
     */
    public MailFollower(
            StoreLocation location,
            MailSources sources,
            Intake intake,
            List<MailVisitor> visitors,
            Instant since,
            Clock clock,
            Runnable hangs) {
        this.location = location;
        this.hangs = hangs;
        this.sources = sources;
        this.intake = intake;
        this.visitors = List.copyOf(visitors);
        this.since = since;
        this.clock = clock;
    }

    private record Batch(List<Item> items, boolean last) {}

    private record Item(SeriesNews.Line line, Optional<SeriesNews.Arrived> arrived) {}

    /**
     * Takes in all that is new.
     *
     * @return how many series were new
     * @throws IOException when the store cannot be read now, for example because another process has it open
     */
    public int look() throws IOException {
        if (unchanged()) {
            return 0;
        }
        boolean complete = false;
        try {
            int found = takeAll();
            complete = true;
            return found;
        } finally {
            if (!complete) {
                // What was read and not taken in is to be read again, although the store does not change.
                written = Optional.empty();
            }
        }
    }

    private int takeAll() throws IOException {
        int found = 0;
        boolean last = false;
        while (!last) {
            Batch batch = read();
            for (Item item : batch.items()) {
                found += item.arrived().isPresent() && take(item.arrived().get()) ? 1 : 0;
                taken.put(item.line().series(), item.line());
                sources.followed(location.toString(), item.line().changed());
            }
            last = batch.last();
        }
        forget();
        looked = clock.instant();
        return found;
    }

    private boolean unchanged() {
        return switch (location) {
            case StoreLocation.Server _ -> false;
            case StoreLocation.Directory directory -> {
                Optional<Instant> now = directory.lastWritten();
                boolean same = now.equals(written) && looked.plus(ANYWAY).isAfter(clock.instant());
                yield now.isEmpty() || same;
            }
        };
    }

    private Batch read() throws IOException {
        Batch batch;
        try (MailStore store = MailStore.open(location, PATIENCE, clock, hangs)) {
            SeriesNews news = store.news();
            Instant now = clock.instant();
            sources.keep(
                    location.toString(),
                    news.sources().stream()
                            .map(s -> new MailSources.Source(s.source(), s.mails(), s.last(), now))
                            .toList());
            batch = read(news);
            for (MailVisitor visitor : visitors) {
                visitor.look(store);
            }
        }
        if (location instanceof StoreLocation.Directory directory) {
            written = directory.lastWritten();
        }
        return batch;
    }

    private Batch read(SeriesNews news) throws IOException {
        Instant from = sources.followed(location.toString());
        List<SeriesNews.Line> lines =
                news.since(from.isAfter(Instant.EPOCH) ? from.minus(OVERLAP) : from, since).stream()
                        .filter(l -> !l.equals(taken.get(l.series())))
                        .toList();
        List<Item> items = new ArrayList<>();
        for (SeriesNews.Line line : lines.subList(0, Math.min(BATCH, lines.size()))) {
            items.add(new Item(line, news.read(line)));
        }
        return new Batch(items, lines.size() <= BATCH);
    }

    private boolean take(SeriesNews.Arrived arrived) {
        NewSeries in = new NewSeries(arrived.series(), StoredSeries.MAIL, clock.instant(), arrived.others());
        try {
            Intake.TakenSeries t = intake.take(in);
            if (t.isNew()) {
                LOG.infof("series %d: came by mail, v%d: %s", t.id(), t.version(), t.title());
            }
            return t.isNew();
        } catch (StoreException e) {
            // Where the database went away all is tried again later. Otherwise it is this series.
            if (e.isOfConnection()) {
                throw e;
            }
            sources.followed(location.toString());
            LOG.errorf(
                    e,
                    "the series of %s could not be taken in",
                    arrived.series().root());
            return false;
        }
    }

    private void forget() {
        Instant edge = sources.followed(location.toString()).minus(OVERLAP);
        taken.values().removeIf(l -> l.changed().isBefore(edge));
    }
}
