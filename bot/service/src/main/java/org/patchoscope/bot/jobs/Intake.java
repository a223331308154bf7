// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.store.NewSeries;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.mail.series.Topic;
import org.patchoscope.mail.series.Unassembled;

/** Where mail comes in, from wherever: it is kept as series, and what is to be reviewed is ordered. */
public final class Intake {
    /** Of what is handed in, after unpacking: a thread that is packed small must not take all memory. */
    private static final int MOST_BYTES = 48 << 20;

    private static final int LONGEST_ID = 1_000;

    private final SeriesStore series;
    private final ReviewJobs jobs;
    private final Clock clock;

    public Intake(SeriesStore series, ReviewJobs jobs, Clock clock) {
        this.series = series;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What was taken in. */
    public record Taken(List<TakenSeries> series, List<Rest> rest) {
        /** Makes one. */
        public Taken {
            series = List.copyOf(series);
            rest = List.copyOf(rest);
        }
    }

    /** A series; {@code isNew} if it was not there before. */
    public record TakenSeries(long id, String title, int version, boolean isNew) {}

    /** Mail that is part of no series, and why. */
    public record Rest(String messageId, String reason) {}

    /**
     * Takes an mbox or a mail.
     *
     * @throws MailInputException where it is neither
     */
    public Taken take(InputStream mails, String source) throws MailInputException {
        Assembly assembly = SeriesAssembler.assemble(MailSource.read(mails, source, MOST_BYTES));
        List<TakenSeries> taken = new ArrayList<>();
        for (Topic topic : assembly.topics()) {
            Set<MessageId> earlier = Set.of();
            for (Series s : topic.series()) {
                TakenSeries one = take(new NewSeries(s, source, clock.instant(), earlier));
                series.keepThread(one.id(), replies(s, assembly));
                taken.add(one);
                earlier = s.messages().stream().map(m -> m.id()).collect(Collectors.toSet());
            }
        }
        List<Rest> rest = assembly.unassembled().stream()
                .map(u -> new Rest(
                        u.message().id().value(),
                        u.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .toList();
        return new Taken(taken, rest);
    }

    /** Mails that name one of a series as what they answer. */
    private static Map<String, byte[]> replies(Series series, Assembly assembly) {
        Set<String> own = series.messages().stream().map(m -> m.id().key()).collect(Collectors.toSet());
        Map<String, byte[]> out = new LinkedHashMap<>();
        for (Unassembled other : assembly.unassembled()) {
            Message mail = other.message();
            boolean answers = Stream.concat(mail.references().stream(), mail.inReplyTo().stream())
                    .anyMatch(id -> own.contains(id.key()));
            if (answers && mail.id().key().length() <= LONGEST_ID) {
                out.putIfAbsent(mail.id().key(), mail.raw());
            }
        }
        return out;
    }

    /** Takes a series from a source that assembles them itself. */
    public TakenSeries take(NewSeries in) {
        Series s = in.series();
        return switch (series.add(in)) {
            case SeriesStore.Added.New n -> {
                jobs.order(n.id());
                yield new TakenSeries(n.id(), s.title(), s.version(), true);
            }
            case SeriesStore.Added.Grown g -> {
                jobs.order(g.id());
                yield new TakenSeries(g.id(), s.title(), s.version(), true);
            }
            case SeriesStore.Added.Known k -> new TakenSeries(k.id(), s.title(), s.version(), false);
        };
    }
}
